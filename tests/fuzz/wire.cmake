affiant_fuzz(wire_frame affiant_wire)
affiant_fuzz(wire_message affiant_wire)
