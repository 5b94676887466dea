// Published vectors: RFC 6962 roots and proofs, RFC 8032, C2SP signed notes, RFC 9901 digests, and
// a log written and checked by others.
#include <map>
#include <sstream>

#include "evidence/encode_entry.h"
#include "evidence/layout.h"
#include "evidence/merkle.h"
#include "evidence/note.h"
#include "evidence/statements.h"
#include "evidence/tiled_tree.h"
#include "json/json.h"
#include "shared_data.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using affiant::test::shared_data;
using test::slurp;
namespace fs = std::filesystem;

json::Value load(const std::string& relative) {
  return *json::parse(slurp(shared_data(relative)), relative, json::Surrogates::kReplace);
}

Hash hash_from(const Bytes& bytes) {
  Hash out{};
  EXPECT_EQ(bytes.size(), out.size());
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

TEST(Vectors, Rfc6962RootsOfEveryPublishedSize) {
  AFFIANT_NEEDS_SHARED("vectors/merkle/rfc6962-roots.json");
  const auto v = load("vectors/merkle/rfc6962-roots.json");
  CompactTree tree;
  EXPECT_EQ(hex_encode(tree.root()), v["roots_by_size"][0]);
  for (std::size_t i = 0; i < v["leaf_inputs_hex"].size(); ++i) {
    const Bytes input = *hex_decode(v["leaf_inputs_hex"][i].get<std::string>());
    const Hash leaf = leaf_hash(as_text(input));
    EXPECT_EQ(hex_encode(leaf), v["leaf_hashes"][i]);
    tree.append(leaf);
    EXPECT_EQ(hex_encode(tree.root()), v["roots_by_size"][i + 1]) << i + 1;
  }
}

std::vector<Hash> proof_from(const json::Value& v, bool* malformed) {
  std::vector<Hash> out;
  if (v.is_null()) return out;
  for (const auto& item : v) {
    const auto bytes = base64_decode(item.get<std::string>());
    if (!bytes || bytes->size() != 32)
      *malformed = true;
    else
      out.push_back(hash_from(*bytes));
  }
  return out;
}

std::optional<Hash> hash_field(const json::Value& v) {
  if (!v.is_string()) return std::nullopt;
  const auto bytes = base64_decode(v.get<std::string>());
  if (!bytes || bytes->size() != 32) return std::nullopt;
  return hash_from(*bytes);
}

TEST(Vectors, ProofsAreAcceptedAndRefusedAsPublished) {
  AFFIANT_NEEDS_SHARED("vectors/merkle");
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(shared_data("vectors/merkle"))) {
    if (!entry.is_regular_file() || entry.path().filename() == "rfc6962-roots.json") continue;
    const auto v = *json::parse(slurp(entry.path()), entry.path().string());
    bool malformed = false;
    const auto proof = proof_from(v["proof"], &malformed);
    bool good = false;
    if (v.contains("leafIdx")) {
      const auto leaf = hash_field(v["leafHash"]);
      const auto root = hash_field(v["root"]);
      good = !malformed && leaf && root &&
             verify_inclusion(v["leafIdx"].get<std::uint64_t>(), v["treeSize"].get<std::uint64_t>(),
                              *leaf, proof, *root)
                 .has_value();
    } else {
      const auto root1 = hash_field(v["root1"]);
      const auto root2 = hash_field(v["root2"]);
      good = !malformed && root1 && root2 &&
             verify_consistency(v["size1"].get<std::uint64_t>(), v["size2"].get<std::uint64_t>(),
                                proof, *root1, *root2)
                 .has_value();
    }
    EXPECT_EQ(good, !v["wantErr"].get<bool>()) << entry.path() << " " << v["desc"];
    ++seen;
  }
  EXPECT_GT(seen, 50);
}

TEST(Vectors, Rfc8032SignaturesComeOutByteForByte) {
  AFFIANT_NEEDS_SHARED("vectors/rfc8032/ed25519.json");
  const auto file = load("vectors/rfc8032/ed25519.json");
  ASSERT_FALSE(file["vectors"].empty());
  for (const auto& v : file["vectors"]) {
    const auto key = SigningKey::from_seed(*hex_decode(v["seed"].get<std::string>()));
    ASSERT_OK(key);
    EXPECT_EQ(hex_encode(key->public_key()), v["public"]);
    const Bytes message = *hex_decode(v["msg"].get<std::string>());
    const auto signature = key->sign(as_text(message));
    ASSERT_OK(signature);
    EXPECT_EQ(hex_encode(*signature), v["sig"]) << v["name"];
    EXPECT_TRUE(verify_signature(key->public_key(), as_text(message), *signature));
    Signature bad = *signature;
    for (std::size_t i = 0; i < bad.size(); ++i) {
      bad[i] ^= 1U;
      EXPECT_FALSE(verify_signature(key->public_key(), as_text(message), bad)) << i;
      bad[i] ^= 1U;
    }
  }
}

std::string verdict_of(const json::Value& v) {
  std::vector<VerifierKey> known;
  for (const auto& vkey : v["vkeys"]) known.push_back(*parse_vkey(vkey.get<std::string>()));
  std::vector<std::string> verified;
  const auto text = open_note(v["note"].get<std::string>(), known, &verified);
  if (text) {
    EXPECT_EQ(json::Value(verified), v["verified"]) << v["name"];
    return "accept";
  }
  switch (text.error().code) {
    case Code::kNotFound:
      return "reject-unverified";
    case Code::kCrypto:
      return "reject-badsig";
    default:
      return "reject-malformed";
  }
}

TEST(Vectors, SignedNotesAreOpenedSignedAndTheirKeysReadAsPublished) {
  AFFIANT_NEEDS_SHARED("vectors/signed-note/notes.json");
  const auto v = load("vectors/signed-note/notes.json");
  ASSERT_FALSE(v["open"].empty() || v["vkeys"].empty() || v["signing"].empty());
  for (const auto& note : v["open"]) EXPECT_EQ(verdict_of(note), note["result"]) << note["name"];
  for (const auto& key : v["vkeys"]) {
    const auto parsed = parse_vkey(key["vkey"].get<std::string>());
    EXPECT_EQ(parsed.has_value(), key["valid"].get<bool>()) << key["vkey"];
    if (parsed) {
      EXPECT_EQ(format_vkey(*parsed), key["vkey"]);
    }
  }
  for (const auto& s : v["signing"]) {
    // PRIVATE+KEY+name+id+base64(type || seed), the form of golang.org/x/mod.
    const std::string skey = s["skey"];
    const std::size_t name = std::string("PRIVATE+KEY+").size();
    const std::size_t id = skey.find('+', name);
    const std::size_t data = skey.find('+', id + 1) + 1;
    const Bytes bytes = *base64_decode(skey.substr(data));
    const auto key = SigningKey::from_seed(ByteView(bytes).subspan(1));
    ASSERT_OK(key);
    const auto note = sign_note(s["text"].get<std::string>(), skey.substr(name, id - name), *key);
    ASSERT_OK(note);
    EXPECT_EQ(*note, s["want"]);
  }
}

TEST(Vectors, DisclosureDigestsAreThoseOfRfc9901) {
  AFFIANT_NEEDS_SHARED("vectors/sd-jwt/disclosures.json");
  const auto file = load("vectors/sd-jwt/disclosures.json");
  ASSERT_FALSE(file["vectors"].empty());
  for (const auto& v : file["vectors"]) {
    const std::string text = v["disclosure"];
    EXPECT_EQ(disclosure_digest(text), v["digest"]);
    EXPECT_EQ(as_text(*base64url_decode(text)), v["contents"]);
  }
}

TEST(Vectors, ALogOfOthersHasOurRootTilesAndSignatures) {
  AFFIANT_NEEDS_SHARED("vectors/affiant-golden");
  const fs::path dir = shared_data("vectors/affiant-golden");
  const auto golden = load("vectors/affiant-golden/golden.json");
  TiledTree tree;
  std::map<std::uint64_t, std::string> roots;
  std::istringstream lines(slurp(dir / "entries.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const auto entry = parse_entry(line);
    ASSERT_TRUE(entry) << entry.error().message << "\n" << line;
    EXPECT_EQ(entry->head.index, tree.size());
    std::string again;
    encode_entry(*entry, again);
    EXPECT_EQ(again, line);
    tree.append(leaf_hash(line));
    roots[tree.size()] = base64_encode(tree.root());
  }
  EXPECT_EQ(roots[300], golden["root"]);
  EXPECT_EQ(roots[256], golden["root256"]);
  const auto tiles = tree.take_full();
  ASSERT_EQ(tiles.size(), 1U);
  EXPECT_EQ(tiles[0].bytes, slurp(dir / "log/tile/0/000"));

  const std::string vkey = slurp(dir / "keys/case.vkey");
  const auto key = parse_vkey(std::string_view(vkey).substr(0, vkey.find('\n')));
  ASSERT_OK(key);
  for (const std::string size : {"256", "300"}) {
    const std::string note = slurp(dir / ("checkpoint." + size));
    const auto text = open_sole_note(note, *key);
    ASSERT_OK(text);
    const auto checkpoint = parse_checkpoint(*text);
    ASSERT_OK(checkpoint);
    EXPECT_EQ(base64_encode(checkpoint->root), roots[checkpoint->size]);
    EXPECT_EQ(format_checkpoint(*checkpoint), *text);
  }
  // Ed25519 is deterministic: the same seed signs the same note.
  const auto signer = SigningKey::from_seed(*hex_decode(golden["seed_case"].get<std::string>()));
  ASSERT_OK(signer);
  const std::string origin = golden["origin"];
  const auto mine =
      sign_note(format_checkpoint({origin, tree.size(), tree.root()}), origin, *signer);
  ASSERT_OK(mine);
  EXPECT_EQ(*mine, slurp(dir / "checkpoint.300"));
}

TEST(Vectors, TileTestdataHashesToItsCheckpoints) {
  AFFIANT_NEEDS_SHARED("vectors/tlog-tiles/testdata/log");
  const fs::path dir = shared_data("vectors/tlog-tiles/testdata/log");
  for (int size = 1; size <= 15; ++size) {
    const std::string hashes = slurp(dir / "tile/0/000.p" / std::to_string(size));
    ASSERT_EQ(hashes.size(), 32U * static_cast<std::size_t>(size));
    CompactTree tree;
    for (std::size_t at = 0; at < hashes.size(); at += 32) {
      Hash leaf{};
      std::copy_n(reinterpret_cast<const std::uint8_t*>(hashes.data()) + at, 32, leaf.begin());
      tree.append(leaf);
    }
    const std::string note = slurp(dir / ("checkpoint." + std::to_string(size)));
    const auto parsed = parse_note(note);
    ASSERT_OK(parsed);
    const auto checkpoint = parse_checkpoint(parsed->text);
    ASSERT_OK(checkpoint);
    EXPECT_EQ(checkpoint->size, static_cast<std::uint64_t>(size));
    EXPECT_EQ(checkpoint->root, tree.root()) << size;
  }
}

TEST(Layout, TileNamesAreThoseOfTheSpecification) {
  EXPECT_EQ(tile_file(0, 1'234'067), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_file(2, 0), "tile/2/000");
  for (const std::uint64_t n : {0U, 5U, 999U, 1'000U, 999'999U, 1'234'067U}) {
    const auto back = parse_tile_file(tile_file(1, n));
    ASSERT_TRUE(back.has_value()) << n;
    EXPECT_EQ(back->index, n);
    EXPECT_EQ(back->level, 1U);
  }
  EXPECT_EQ(tile_file(1, 1'067, 3), "tile/1/x001/067.p/3");
  EXPECT_EQ(parse_tile_file("tile/1/x001/067.p/3")->width, 3U);
  EXPECT_FALSE(parse_tile_file("tile/0/000.p/0"));
  EXPECT_FALSE(parse_tile_file("tile/0/000.p/256"));
  EXPECT_FALSE(parse_tile_file("tile/0/000.p/03"));
  EXPECT_FALSE(parse_tile_file("tile/0/000.p/3/"));
  EXPECT_FALSE(parse_tile_file("tile/0/0"));
  EXPECT_FALSE(parse_tile_file("tile/0/x000/000"));
  EXPECT_FALSE(parse_segment_file("seg/1.jsonl"));
  EXPECT_EQ(parse_segment_file("seg/00012.jsonl"), 12U);
}

}  // namespace
}  // namespace affiant::evidence
