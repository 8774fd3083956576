/* SPDX-License-Identifier: BSD-3-Clause */
/* How prep_table.h holds Unicode's data: gen_prep.c writes it, prep.c reads it. */
#ifndef LIBPKI_TYPES_PREP_FORMAT_H
#define LIBPKI_TYPES_PREP_FORMAT_H

/*
 * Code points come in blocks, blocks in pages. prep_top numbers the page of each, prep_pages has,
 * for each block of a page, where in prep_runs its runs begin. A run says of some code points in a
 * row what becomes of them:
 *
 *   kind << 5 | (count - 1)
 *   PREP_MARK:   the combining class
 *   PREP_SHIFT:  what is added to each, 3 octets, modulo 2^24
 *   PREP_TEXTS:  width << 6 | units in each text; the window if width is 1; then the texts
 *
 * A unit of width 1 is ASCII, a combining mark, or a code point in the window, which begins at that
 * many times PREP_WINDOW; units of width 2 and 3 are code points. Numbers are big-endian.
 */
#define PREP_BLOCK 128u
#define PREP_PAGE  16u
#define PREP_RUN   32u /* code points at most */

enum prep_kind {
	PREP_PLAIN,
	PREP_NOTHING,
	PREP_SPACE,
	PREP_PROHIBITED,
	PREP_MARK,
	PREP_SHIFT,
	PREP_PAIRS, /* the first of each two becomes the second: upper and lower case */
	PREP_TEXTS,
};

#define PREP_MARK_UNIT   0x80u /* the units of marks, from U+0300 on */
#define PREP_MARK_BASE   0x300u
#define PREP_WINDOW_UNIT 0xc6u /* the units of the window */
#define PREP_WINDOW      0x40u

/* Unicode 3.12: Hangul syllables are split by arithmetic, and are plain in the table. */
#define PREP_HANGUL_FIRST 0xac00u
#define PREP_HANGUL_LAST  0xd7a3u

#endif
