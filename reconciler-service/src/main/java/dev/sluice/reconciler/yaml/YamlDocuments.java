package dev.sluice.reconciler.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of YAML documents, whose roots must be maps. */
public final class YamlDocuments {

    /** Maximum file size; a larger file is not configuration. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    /** The text of the file, of its documents, and of the longest value. */
    private static final long HEAP_BYTES_PER_BYTE = 16;

    /** A document without its text. */
    private static final long DOCUMENT_BYTES = 96;

    private static final String SEPARATOR = "---";

    private YamlDocuments() {}

    /** Reads all documents in order; an empty document is an empty map. */
    public static List<Map<String, @Nullable Object>> read(byte[] content) throws IOException {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        read(content, YamlAllowance.UNLIMITED, documents::add);
        return documents;
    }

    /** Receives the documents of a file as they are read. */
    public interface Documents {
        void add(Map<String, @Nullable Object> document) throws IOException;
    }

    /** Heap for reading a file of this size, excluding its values, which are taken from the allowance one by one. */
    public static long heapFor(long fileBytes) {
        return HEAP_BYTES_PER_BYTE * fileBytes;
    }

    /**
     * Reads document by document, in order; an empty document is an empty map.
     *
     * @throws InvalidYamlException if a document is invalid; the previous documents have been passed on
     * @throws IOException if the allowance throws one
     */
    public static void read(byte[] content, YamlAllowance allowance, Documents documents) throws IOException {
        for (Document document : split(decode(content), allowance)) {
            documents.add(YamlReader.read(document.text, document.firstLine, allowance));
        }
    }

    /** Reads only the first document; an empty file is an empty map. */
    public static Map<String, @Nullable Object> readFirst(byte[] content, YamlAllowance allowance) throws IOException {
        List<Document> documents = split(decode(content), allowance);
        return documents.isEmpty()
                ? Map.of()
                : YamlReader.read(documents.get(0).text, documents.get(0).firstLine, allowance);
    }

    private static String decode(byte[] content) throws InvalidYamlException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidYamlException("the file is not UTF-8 text", e);
        }
    }

    /**
     * Splits at separator lines before YAML is parsed, as the reference does. Rejects text after a separator that the
     * reference rejects.
     */
    private static List<Document> split(String text, YamlAllowance allowance) throws IOException {
        List<Document> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        int line = 0;
        int firstLine = 0;
        for (int start = 0; start < text.length(); line++) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            boolean carriageReturn = newline > start && text.charAt(end - 1) == '\r';
            String content = text.substring(start, carriageReturn ? end - 1 : end);
            // a separator that no document precedes is part of the next document
            if (isSeparator(content, line) && !document.isEmpty()) {
                allowance.takeHeap(DOCUMENT_BYTES);
                addTo(documents, document, firstLine);
                firstLine = line + 1;
            } else {
                document.append(content).append('\n');
            }
            start = end + 1;
        }
        addTo(documents, document, firstLine);
        return documents;
    }

    private static boolean isSeparator(String text, int line) throws InvalidYamlException {
        if (!text.startsWith(SEPARATOR)) {
            return false;
        }
        String rest = text.substring(SEPARATOR.length()).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new InvalidYamlException("line %d: text \"%s\" after a document separator; start a new line after %s"
                    .formatted(line + 1, rest.substring(0, Math.min(rest.length(), 40)), SEPARATOR));
        }
        return true;
    }

    private static void addTo(List<Document> documents, StringBuilder document, int firstLine) {
        if (!document.isEmpty()) {
            documents.add(new Document(document.toString(), firstLine));
            document.setLength(0);
        }
    }

    /** A document, and the number of lines before it in the file. */
    private record Document(String text, int firstLine) {}
}
