-- What arrived since an instant, such as today, is counted without a look at the rest.

create index file_stored_at on file (stored_at_seconds);
