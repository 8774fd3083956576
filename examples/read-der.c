/* SPDX-License-Identifier: BSD-3-Clause */
/* DER of one's own: a structure written, read again, and an error in it found: read-der. */
#include <pki/pki.h>
#include <stdio.h>

/*
 * Reading ::= SEQUENCE {
 *     sensor   UTF8String,
 *     celsius  INTEGER,
 *     valid    BOOLEAN DEFAULT TRUE }
 */
typedef struct reading {
	const char *sensor;
	int64_t celsius;
	bool valid;
} reading;

static pki_status write_reading(const reading *in, pki_buf *der, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_text(&w, PKI_TAG_UTF8, in->sensor);
	pki_derw_int64(&w, in->celsius);
	pki_derw_bool(&w, in->valid, true);
	pki_derw_end(&w);
	return pki_derw_finish(&w, der, err);
}

static pki_status read_reading(pki_bytes der, pki_buf *sensor, reading *out, pki_error *err)
{
	pki_der r, s;

	pki_der_init(&r, NULL, der, "Reading");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_text(&s, "sensor", sensor);
	pki_der_int64(&s, "celsius", &out->celsius);
	pki_der_bool(&s, "valid", true, &out->valid);
	pki_der_leave(&s);
	out->sensor = pki_buf_str(sensor);
	return pki_der_finish(&r, err);
}

int main(void)
{
	const reading in = { "roof", -12, true };
	reading out = { NULL, 0, false };
	pki_error err = PKI_ERROR_INIT;
	pki_buf der = PKI_BUF_INIT, sensor = PKI_BUF_INIT;
	char text[512];
	bool failed = write_reading(&in, &der, &err) ||
	    read_reading(pki_buf_bytes(&der), &sensor, &out, &err);

	if (!failed) {
		printf("%s: %d\n", out.sensor, (int)out.celsius);
		der.data[1]++; /* a length that is one too long */
		failed = read_reading(pki_buf_bytes(&der), &sensor, &out, &err) == PKI_SUCCESS;
	}
	pki_error_text(&err, text, sizeof text);
	printf("%s\n", text);
	pki_buf_free(&sensor);
	pki_buf_free(&der);
	return failed;
}
