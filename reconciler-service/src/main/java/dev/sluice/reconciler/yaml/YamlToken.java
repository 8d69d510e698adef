package dev.sluice.reconciler.yaml;

/** A token of a document. {@code handle} is the handle of a shorthand tag, or empty. */
record YamlToken(Kind kind, YamlMark mark, String text, String handle) {

    /** The kinds of tokens, with their names in the parser's messages. */
    enum Kind {
        DIRECTIVE("a directive"),
        DOCUMENT_START("---"),
        DOCUMENT_END("..."),
        STREAM_END("the end of the document"),
        BLOCK_LIST_START("a list item"),
        BLOCK_MAP_START("a key"),
        BLOCK_END("the end of the indented lines"),
        FLOW_LIST_START("["),
        FLOW_LIST_END("]"),
        FLOW_MAP_START("{"),
        FLOW_MAP_END("}"),
        FLOW_ENTRY("a comma"),
        BLOCK_ENTRY("a list item"),
        KEY("a key"),
        VALUE("a colon"),
        ALIAS("an alias"),
        ANCHOR("an anchor"),
        TAG("a tag"),
        PLAIN("text"),
        QUOTED("text");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static YamlToken of(Kind kind, YamlMark mark) {
        return of(kind, mark, "");
    }

    static YamlToken of(Kind kind, YamlMark mark, String text) {
        return new YamlToken(kind, mark, text, "");
    }
}
