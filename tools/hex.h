/* SPDX-License-Identifier: BSD-3-Clause */
/* Hexadecimal digits. */
#ifndef TOOLS_HEX_H
#define TOOLS_HEX_H

/* 0..15; -1: it is none. */
static inline int hex_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	return ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

#endif
