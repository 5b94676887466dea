// The GPC Support Resource, /.well-known/gpc.json (W3C Global Privacy Control, "GPC Support
// Representation"): member `gpc` is true when the server means to abide by GPC requests, at least
// where the law obliges it, and false when it does not; any other value, or none, leaves it open.
// `lastUpdate` is a date.
#include "machine/placed_json.h"
#include "machine/reading.h"

namespace affiant::machine {

Result<policy::Declaration> read_gpc(std::string text, const policy::Source& source) {
  Reading reading("gpc.json", std::move(text), source);
  const std::string what = called(source, "gpc.json");
  AFFIANT_TRY(const PlacedJson json, PlacedJson::parse(reading.text(), what));
  if (!json.is_object(0)) return fail(Code::kMalformed, "{}: not a JSON object", what);
  const PlacedJson::Node gpc = json.find(0, "gpc");
  if (const auto abides = json.boolean(gpc)) {
    policy::Statement& s = *reading.state("signal", json.member_span(gpc));
    s.polarity = *abides ? "does" : "does-not";
    s.data = {"gpc"};
    s.observable = "yes";
  } else {
    reading.cannot_read("the member \"gpc\" is neither true nor false, so it says nothing", what);
  }
  if (const PlacedJson::Node date = json.find(0, "lastUpdate"); json.string(date)) {
    policy::Statement& s = *reading.state("policy-itself", json.member_span(date));
    s.data = {"last-updated"};
  }
  return std::move(reading).finish();
}

}  // namespace affiant::machine
