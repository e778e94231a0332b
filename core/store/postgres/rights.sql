-- What the role of the home's instances may do; {role} is filled in. It can change no event, and take none away.
REVOKE ALL ON SCHEMA sayback FROM PUBLIC;
GRANT USAGE ON SCHEMA sayback TO {role};
GRANT SELECT ON ALL TABLES IN SCHEMA sayback TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sayback TO {role};
GRANT INSERT ON sayback.refusal, sayback.opening TO {role};
GRANT INSERT, UPDATE, DELETE ON sayback.local, sayback.contact, sayback.guest, sayback.invitation TO {role};
GRANT INSERT, UPDATE (kept_at), DELETE ON sayback.picture TO {role};
GRANT INSERT ON sayback.secret TO {role};
