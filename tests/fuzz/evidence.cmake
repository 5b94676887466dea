affiant_fuzz(entry affiant_evidence)
affiant_fuzz(note affiant_evidence)
affiant_fuzz(case affiant_evidence)
