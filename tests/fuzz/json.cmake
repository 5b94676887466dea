affiant_fuzz(json_text affiant_json)
