// Checks a case with golang.org/x/mod/sumdb, code that has nothing of ours: the signatures with note,
// the root over the log's lines with tlog, and every stored level-0 tile.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("NO:", err)
		os.Exit(1)
	}
}

func read(parts ...string) []byte {
	data, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return data
}

func open(dir, file, vkey string) string {
	verifier, err := note.NewVerifier(strings.TrimSuffix(string(read(dir, vkey)), "\n"))
	must(err)
	opened, err := note.Open(read(dir, file), note.VerifierList(verifier))
	must(err)
	return opened.Text
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = h[index]
	}
	return out, nil
}

// Lines "record INDEX HASH..." and "tree OLD-SIZE HASH...", made by our program for this tree.
func checkProofs(lines string, leaves []tlog.Hash, stored hashes, root tlog.Hash) int {
	count := 0
	for _, line := range strings.Split(strings.TrimSuffix(lines, "\n"), "\n") {
		words := strings.Fields(line)
		n, err := strconv.ParseInt(words[1], 10, 64)
		must(err)
		var proof []tlog.Hash
		for _, word := range words[2:] {
			hash, err := tlog.ParseHash(word)
			must(err)
			proof = append(proof, hash)
		}
		size := int64(len(leaves))
		if words[0] == "record" {
			must(tlog.CheckRecord(proof, size, root, n, leaves[n]))
		} else {
			old, err := tlog.TreeHash(n, stored)
			must(err)
			must(tlog.CheckTree(proof, size, root, n, old))
		}
		count++
	}
	return count
}

func main() {
	dir := os.Args[1]
	text := open(dir, "checkpoint", "keys/case.vkey")
	open(dir, "checkpoints/index.note", "keys/case.vkey")
	open(dir, "delegation.note", "keys/identity.vkey")
	fields := strings.Split(text, "\n")
	if len(fields) != 4 || fields[3] != "" {
		must(fmt.Errorf("the checkpoint has other than three lines"))
	}

	segments, err := filepath.Glob(filepath.Join(dir, "seg", "*.jsonl"))
	must(err)
	sort.Strings(segments)
	var stored hashes
	var leaves []tlog.Hash
	for _, segment := range segments {
		data := read(segment)
		for len(data) > 0 {
			end := bytes.IndexByte(data, '\n')
			if end < 0 {
				must(fmt.Errorf("torn line"))
			}
			more, err := tlog.StoredHashes(int64(len(leaves)), data[:end], stored)
			must(err)
			stored = append(stored, more...)
			leaves = append(leaves, tlog.RecordHash(data[:end]))
			data = data[end+1:]
		}
	}
	root, err := tlog.TreeHash(int64(len(leaves)), stored)
	must(err)
	if fields[1] != fmt.Sprint(len(leaves)) || fields[2] != root.String() {
		must(fmt.Errorf("tree of %d with root %s, signed are %s and %s", len(leaves), root, fields[1], fields[2]))
	}
	for n := 0; (n+1)*256 <= len(leaves); n++ {
		tile := tlog.Tile{H: 8, L: 0, N: int64(n), W: 256}
		want, err := tlog.ReadTileData(tile, stored)
		must(err)
		// tile.Path() is tile/8/0/000: C2SP leaves out the height.
		if !bytes.Equal(want, read(dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1))) {
			must(fmt.Errorf("tile %d", n))
		}
	}
	proofs := 0
	if len(os.Args) > 2 {
		proofs = checkProofs(string(read(os.Args[2])), leaves, stored, root)
	}
	fmt.Printf("YES: %d entries, %d tiles, %d proofs\n", len(leaves), len(leaves)/256, proofs)
}
