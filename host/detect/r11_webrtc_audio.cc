// R11: WebRTC, Englehardt and Narayanan 2016, section 6.3 (localDescription added). Audio: their
// section 6.4 gives no formal rule; here an oscillator that is rendered and read, in one script.
#include "detect/rules.h"

namespace affiant::detect {

std::string webrtc(const Features& f) {
  if (count_of(f, "createDataChannel") == 0 || count_of(f, "createOffer") == 0 ||
      count_of(f, "onicecandidate") + count_of(f, "localDescription") == 0)
    return {};
  return "opened a data channel to nobody, made an offer and read the addresses it holds";
}

std::string audio(const Features& f) {
  const std::int64_t read = count_of(f, "startRendering") + count_of(f, "oncomplete") +
                            count_of(f, "getFloatFrequencyData") +
                            count_of(f, "getByteFrequencyData");
  if (count_of(f, "createOscillator") == 0 || read == 0) return {};
  return "made a tone with an oscillator and had it rendered or measured";
}

}  // namespace affiant::detect
