-- The same in PostgreSQL.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alert (
    id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    caller text NOT NULL COLLATE pg_catalog."C",
    source_key text NOT NULL COLLATE pg_catalog."C",
    published_at bigint NOT NULL,
    closed_at bigint NOT NULL,
    interrupts bigint NOT NULL,
    payload text NOT NULL COLLATE pg_catalog."C",
    signature text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.alert_expected (
    alert_id text NOT NULL COLLATE pg_catalog."C",
    ward_id text NOT NULL COLLATE pg_catalog."C",
    endpoints bigint NOT NULL
);
CREATE TABLE public.alert_version (
    alert_id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    at bigint NOT NULL,
    payload text NOT NULL COLLATE pg_catalog."C",
    signature text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.answer (
    id text NOT NULL COLLATE pg_catalog."C",
    answer_version bigint NOT NULL,
    ordinal bigint NOT NULL,
    alert_id text NOT NULL COLLATE pg_catalog."C",
    ward_id text NOT NULL COLLATE pg_catalog."C",
    round bigint NOT NULL,
    endpoint_id text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    body text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.directory_item (
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.journal_head (
    one bigint NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT journal_head_one_check CHECK ((one = 1))
);
CREATE TABLE public.log_entry (
    sequence bigint NOT NULL,
    kind bigint NOT NULL,
    alert_id text NOT NULL COLLATE pg_catalog."C",
    tag text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.log_head (
    one bigint NOT NULL,
    sequence bigint NOT NULL,
    tag text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT log_head_one_check CHECK ((one = 1))
);
CREATE TABLE public.meta (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.progress (
    alert_id text NOT NULL COLLATE pg_catalog."C",
    round bigint NOT NULL,
    ward_id text NOT NULL COLLATE pg_catalog."C",
    broker text NOT NULL COLLATE pg_catalog."C",
    delivered bigint NOT NULL,
    displayed bigint NOT NULL,
    seen bigint NOT NULL,
    changed bigint NOT NULL
);
CREATE TABLE public.receipt (
    alert_id text NOT NULL COLLATE pg_catalog."C",
    round bigint NOT NULL,
    endpoint_id text NOT NULL COLLATE pg_catalog."C",
    kind bigint NOT NULL,
    ward_id text NOT NULL COLLATE pg_catalog."C",
    endpoint_at bigint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.request (
    caller text NOT NULL COLLATE pg_catalog."C",
    method text NOT NULL COLLATE pg_catalog."C",
    request_id text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    alert_id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.token (
    owner text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
INSERT INTO public.alert VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 2, 'admin', 'k1', 1795332914539, 0, 0, 'ChowMU04MTJXRkJCSlpFS1IyUDdYSkRHQ0Q2OBIaMDFNODEyV0VDOFZaNEhGUEo2NlQwRzIxOFIYASACKAEwATgESAJQA1gDYAFoA3IgTGFiIHJlc3VsdHMgbm90IHJlYWNoaW5nIHRoZSBFSFJ6C2xhYi1yZXN1bHRzggEYT3JkZXJzIGFuZCByZXN1bHRzIChsYWIpigEGEgRtYWluqgEuCgwIsraK2AYQwPmBgQISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVLoBKAoGCOjEitgGEg5BbWVyaWNhL0RlbnZlchjc/P////////8BIgNNU1TCAQw5NzAtNTU1LTAxMDDKAQ9yYWRpbyBjaGFubmVsIDH4AQGCAi4KDAiytorYBhDA+YGBAhIOQW1lcmljYS9EZW52ZXIY3Pz/////////ASIDTVNUigIFYWRtaW6SAi4KDAiytorYBhDA+YGBAhIOQW1lcmljYS9EZW52ZXIY3Pz/////////ASIDTVNUogIMCLKrr9gGEMD5gYECugIOQW1lcmljYS9EZW52ZXI=', 'T0o1CwbcP5WE1yUwTYNgvBoUZJFNBkleegaNd5oJTtA8uoriNb08/jqgC9POTAJ0e05uqEJzj0rLZxZMHjhEDA==', '6aa985aa9237f51b');
INSERT INTO public.alert VALUES ('01M812WFF649297DHBQPQZ189T', 4, 'admin', 'k2', 1795332914662, 1795332914743, 1, 'ChowMU04MTJXRkY2NDkyOTdESEJRUFFaMTg5VBIaMDFNODEyV0VDOFZaNEhGUEo2NlQwRzIxOFIYASAEKAIwATgGQAFIBlABWAFgAWgCchBDYWZldGVyaWEgY2xvc2VkigEFIgNpY3WqAS4KDAiytorYBhCAo9W7AhIOQW1lcmljYS9EZW52ZXIY3Pz/////////ASIDTVNUwgEMOTcwLTU1NS0wMTAwygEPcmFkaW8gY2hhbm5lbCAxggIuCgwIsraK2AYQgKPVuwISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVIoCBWFkbWlukgIuCgwIsraK2AYQwI+l4gISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVKICDAiyq6/YBhDAj6XiAqoCMUVOREVEIDAwOjM1LiBUaGUgbm90aWNlIG9mIDAwOjM1IG5vIGxvbmdlciBob2xkcy66Ag5BbWVyaWNhL0RlbnZlcg==', '4tkCsgdMMr0eEtibi2FHrZv/8LiOch1J4rAeQa/fNroHKiL7oVb8a5HG3h1t7afA4wrNvxNVeSN1iR5Pw/kXAQ==', '6aa985aa9237f51b');
INSERT INTO public.alert_expected VALUES ('01M812WFBBJZEKR2P7XJDGCD68', '4w', 2);
INSERT INTO public.alert_expected VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 'icu', 1);
INSERT INTO public.alert_expected VALUES ('01M812WFF649297DHBQPQZ189T', 'icu', 1);
INSERT INTO public.alert_version VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 2, 1795332914539, 'ChowMU04MTJXRkJCSlpFS1IyUDdYSkRHQ0Q2OBIaMDFNODEyV0VDOFZaNEhGUEo2NlQwRzIxOFIYASACKAEwATgESAJQA1gDYAFoA3IgTGFiIHJlc3VsdHMgbm90IHJlYWNoaW5nIHRoZSBFSFJ6C2xhYi1yZXN1bHRzggEYT3JkZXJzIGFuZCByZXN1bHRzIChsYWIpigEGEgRtYWluqgEuCgwIsraK2AYQwPmBgQISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVLoBKAoGCOjEitgGEg5BbWVyaWNhL0RlbnZlchjc/P////////8BIgNNU1TCAQw5NzAtNTU1LTAxMDDKAQ9yYWRpbyBjaGFubmVsIDH4AQGCAi4KDAiytorYBhDA+YGBAhIOQW1lcmljYS9EZW52ZXIY3Pz/////////ASIDTVNUigIFYWRtaW6SAi4KDAiytorYBhDA+YGBAhIOQW1lcmljYS9EZW52ZXIY3Pz/////////ASIDTVNUogIMCLKrr9gGEMD5gYECugIOQW1lcmljYS9EZW52ZXI=', 'T0o1CwbcP5WE1yUwTYNgvBoUZJFNBkleegaNd5oJTtA8uoriNb08/jqgC9POTAJ0e05uqEJzj0rLZxZMHjhEDA==', '6aa985aa9237f51b');
INSERT INTO public.alert_version VALUES ('01M812WFF649297DHBQPQZ189T', 3, 1795332914662, 'ChowMU04MTJXRkY2NDkyOTdESEJRUFFaMTg5VBIaMDFNODEyV0VDOFZaNEhGUEo2NlQwRzIxOFIYASADKAEwATgESAZQAVgBYAFoAnIQQ2FmZXRlcmlhIGNsb3NlZIoBBSIDaWN1qgEuCgwIsraK2AYQgKPVuwISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVMIBDDk3MC01NTUtMDEwMMoBD3JhZGlvIGNoYW5uZWwgMYICLgoMCLK2itgGEICj1bsCEg5BbWVyaWNhL0RlbnZlchjc/P////////8BIgNNU1SKAgVhZG1pbpICLgoMCLK2itgGEICj1bsCEg5BbWVyaWNhL0RlbnZlchjc/P////////8BIgNNU1SiAgwI8oeN2AYQgKPVuwK6Ag5BbWVyaWNhL0RlbnZlcg==', '2knEI4fX52G6NaycOejngM6djJo+Pkl+AJx45Fuc9sxWKuIK8k78qL3Ok/YRDMjQBZpgfZKSmjtXx6vCVngVAA==', '6aa985aa9237f51b');
INSERT INTO public.alert_version VALUES ('01M812WFF649297DHBQPQZ189T', 4, 1795332914743, 'ChowMU04MTJXRkY2NDkyOTdESEJRUFFaMTg5VBIaMDFNODEyV0VDOFZaNEhGUEo2NlQwRzIxOFIYASAEKAIwATgGQAFIBlABWAFgAWgCchBDYWZldGVyaWEgY2xvc2VkigEFIgNpY3WqAS4KDAiytorYBhCAo9W7AhIOQW1lcmljYS9EZW52ZXIY3Pz/////////ASIDTVNUwgEMOTcwLTU1NS0wMTAwygEPcmFkaW8gY2hhbm5lbCAxggIuCgwIsraK2AYQgKPVuwISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVIoCBWFkbWlukgIuCgwIsraK2AYQwI+l4gISDkFtZXJpY2EvRGVudmVyGNz8/////////wEiA01TVKICDAiyq6/YBhDAj6XiAqoCMUVOREVEIDAwOjM1LiBUaGUgbm90aWNlIG9mIDAwOjM1IG5vIGxvbmdlciBob2xkcy66Ag5BbWVyaWNhL0RlbnZlcg==', '4tkCsgdMMr0eEtibi2FHrZv/8LiOch1J4rAeQa/fNroHKiL7oVb8a5HG3h1t7afA4wrNvxNVeSN1iR5Pw/kXAQ==', '6aa985aa9237f51b');
INSERT INTO public.answer VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAW', 1, 0, '01M812WFBBJZEKR2P7XJDGCD68', '4w', 1, '4w-pc-01', 1795332914607, 'ChowMU04MTJXRkJCSlpFS1IyUDdYSkRHQ0Q2OBICNHcYASABMgs0IFdlc3QgUEMgMToAQgwIsraK2AYQwP7VnAI=');
INSERT INTO public.directory_item VALUES ('site', 'main', 'CgRtYWluEgtNYWluIENhbXB1cxoOQW1lcmljYS9EZW52ZXIiDDk3MC01NTUtMDEwMCoPcmFkaW8gY2hhbm5lbCAxMgw5NzAtNTU1LTAxOTk=');
INSERT INTO public.directory_item VALUES ('building', 'tower', 'CgV0b3dlchIKTWFpbiBUb3dlchoEbWFpbg==');
INSERT INTO public.directory_item VALUES ('ward', '4w', 'CgI0dxIGNCBXZXN0GgV0b3dlciIJaW5wYXRpZW50KgE0MAE6DDk3MC01NTUtMDExMkIBM0oLNHctZG93bnRpbWVSCXJlZCBzaGVsZloFMDc6MDBaBTE5OjAwagtsYWItcmVzdWx0cw==');
INSERT INTO public.directory_item VALUES ('ward', 'icu', 'CgNpY3USA0lDVRoFdG93ZXIiA2ljdSoBMjACOgw5NzAtNTU1LTAxMTRCATJaBTA3OjAwWgUxOTowMGoLbGFiLXJlc3VsdHM=');
INSERT INTO public.directory_item VALUES ('endpoint', '4w-pc-01', 'Cgg0dy1wYy0wMRILNCBXZXN0IFBDIDEaAjR3');
INSERT INTO public.directory_item VALUES ('endpoint', '4w-pc-02', 'Cgg0dy1wYy0wMhILNCBXZXN0IFBDIDIaAjR3');
INSERT INTO public.directory_item VALUES ('endpoint', 'icu-pc-01', 'CglpY3UtcGMtMDESCElDVSBQQyAxGgNpY3U=');
INSERT INTO public.directory_item VALUES ('team', 'clinical', 'CghjbGluaWNhbBIVQ2xpbmljYWwgYXBwbGljYXRpb25zGgw5NzAtNTU1LTAxMDE=');
INSERT INTO public.directory_item VALUES ('service', 'lab-results', 'CgtsYWItcmVzdWx0cxIYT3JkZXJzIGFuZCByZXN1bHRzIChsYWIpGghjbGluaWNhbA==');
INSERT INTO public.journal_head VALUES (1, 1);
INSERT INTO public.log_entry VALUES (1, 2, '', 'd823f5d958c59f2e', 1795332914444);
INSERT INTO public.log_entry VALUES (2, 1, '01M812WFBBJZEKR2P7XJDGCD68', 'c9bc271ff1b4c17e', 1795332914539);
INSERT INTO public.log_entry VALUES (3, 1, '01M812WFF649297DHBQPQZ189T', '8400ea9ceadeb037', 1795332914662);
INSERT INTO public.log_entry VALUES (4, 1, '01M812WFF649297DHBQPQZ189T', 'c37b88b858b39a83', 1795332914743);
INSERT INTO public.log_head VALUES (1, 4, 'c37b88b858b39a83');
INSERT INTO public.meta VALUES ('generation', '1');
INSERT INTO public.meta VALUES ('log_id', '01M812WEC8VZ4HFPJ66T0G218R');
INSERT INTO public.meta VALUES ('schema', '1');
INSERT INTO public.meta VALUES ('signing_key_id', '6aa985aa9237f51b');
INSERT INTO public.meta VALUES ('directory_sequence', '1');
INSERT INTO public.progress VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 1, '4w', '01M812WEC8YJ54670C04DWKC3A', 1, 1, 1, 1);
INSERT INTO public.receipt VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 1, '4w-pc-01', 1, '4w', 0, 1795332914607);
INSERT INTO public.receipt VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 1, '4w-pc-01', 2, '4w', 0, 1795332914607);
INSERT INTO public.receipt VALUES ('01M812WFBBJZEKR2P7XJDGCD68', 1, '4w-pc-01', 3, '4w', 0, 1795332914607);
INSERT INTO public.token VALUES ('admin', 'c656dd7bc5182f2d965600d9d0b4c39e88907a09a5f15be399ac8f8893c21009', 1795332913544);
ALTER TABLE ONLY public.alert_expected
    ADD CONSTRAINT alert_expected_pkey PRIMARY KEY (alert_id, ward_id);
ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alert_version
    ADD CONSTRAINT alert_version_pkey PRIMARY KEY (alert_id, version);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.directory_item
    ADD CONSTRAINT directory_item_pkey PRIMARY KEY (kind, id);
ALTER TABLE ONLY public.journal_head
    ADD CONSTRAINT journal_head_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.log_entry
    ADD CONSTRAINT log_entry_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY public.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.progress
    ADD CONSTRAINT progress_pkey PRIMARY KEY (alert_id, round, ward_id, broker);
ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (alert_id, round, endpoint_id, kind);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (caller, method, request_id);
ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (owner);
CREATE INDEX alert_closed_at ON public.alert USING btree (closed_at);
CREATE UNIQUE INDEX alert_open_source ON public.alert USING btree (caller, source_key) WHERE ((source_key <> ''::text) AND (closed_at = 0));
CREATE INDEX alert_published_at ON public.alert USING btree (published_at);
CREATE INDEX answer_by_alert ON public.answer USING btree (alert_id);
CREATE INDEX answer_by_version ON public.answer USING btree (answer_version, ordinal);
CREATE INDEX progress_changed ON public.progress USING btree (changed);
CREATE INDEX request_at ON public.request USING btree (at);
ALTER TABLE ONLY public.alert_expected
    ADD CONSTRAINT alert_expected_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);
ALTER TABLE ONLY public.alert_version
    ADD CONSTRAINT alert_version_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);
