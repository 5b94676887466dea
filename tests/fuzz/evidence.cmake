affiant_fuzz(entry affiant_evidence)
affiant_fuzz(note affiant_evidence)
affiant_fuzz(case affiant_evidence)
affiant_fuzz(timestamp affiant_evidence OpenSSL::Crypto)
