package dev.sluice.controller.request;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a JSON document into raw values, so that one malformed value does not affect the others. Checks only brackets
 * and strings: a returned value is not necessarily valid JSON. Not recursive; buffers one value at a time.
 */
final class JsonSlices {

    private static final int END = -1;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] window = new byte[16 * 1024];
    private int position;
    private int limit;
    private byte[] value = new byte[8 * 1024];
    private int size;

    /**
     * Creates a splitter.
     *
     * @param maxBytes limit for one value
     */
    JsonSlices(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * Enters an object or an array.
     *
     * @param bracket the opening bracket
     */
    void enter(char bracket) throws IOException {
        int next = skipTo();
        if (next != bracket) {
            throw notJson("'" + bracket + "'", next);
        }
        position++;
    }

    /** Whether the current object or array has another field or element. If not, leaves it. */
    boolean hasNext() throws IOException {
        int next = skipTo();
        if (next == ',') {
            position++;
            next = skipTo();
        }
        if (next == '}' || next == ']') {
            position++;
            return false;
        }
        if (next == END) {
            throw notJson("a value", next);
        }
        return true;
    }

    /** Returns the name of a field, with escapes unresolved: the names that matter contain none. */
    String name() throws IOException {
        byte[] quoted = value();
        int next = skipTo();
        if (next != ':' || quoted.length < 2) {
            throw notJson("':'", next);
        }
        position++;
        return new String(quoted, 1, quoted.length - 2, StandardCharsets.UTF_8);
    }

    /** Returns the next value exactly as in the document. */
    byte[] value() throws IOException {
        int first = skipTo();
        size = 0;
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            nested();
        } else {
            bare();
        }
        return Arrays.copyOf(value, size);
    }

    private void nested() throws IOException {
        int depth = 0;
        do {
            int next = peek();
            if (next == '"') {
                string();
                continue;
            }
            take();
            if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        } while (depth > 0);
    }

    private void string() throws IOException {
        take();
        for (int next = take(); next != '"'; next = take()) {
            if (next == '\\') {
                take();
            }
        }
    }

    private void bare() throws IOException {
        for (int next = peek(); next != END && ",]}: \t\r\n".indexOf(next) < 0; next = peek()) {
            take();
        }
        if (size == 0) {
            throw notJson("a value", peek());
        }
    }

    private int take() throws IOException {
        int next = peek();
        if (next == END) {
            throw notJson("the rest of a value", next);
        }
        if (size >= maxBytes) {
            throw new IOException("JSON value larger than " + maxBytes + " bytes");
        }
        if (size == value.length) {
            value = Arrays.copyOf(value, size * 2);
        }
        value[size++] = (byte) next;
        position++;
        return next;
    }

    private int skipTo() throws IOException {
        int next = peek();
        while (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            position++;
            next = peek();
        }
        return next;
    }

    private int peek() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(window));
        }
        return limit == 0 ? END : window[position] & 0xFF;
    }

    private static IOException notJson(String expected, int found) {
        String what = found == END
                ? "the end of the response"
                : found > ' ' && found < 127 ? "'" + (char) found + "'" : "byte " + found;
        return new IOException("invalid JSON in the response: expected " + expected + ", found " + what);
    }
}
