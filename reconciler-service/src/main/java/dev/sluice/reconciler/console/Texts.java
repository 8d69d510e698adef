package dev.sluice.reconciler.console;

import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.reconciler.text.ShortText;

/** Text of tenants in a limited space. */
final class Texts {

    private static final int MAX_REVISION = 100;

    private Texts() {}

    /** The escaped text, truncated to a number of characters. */
    static String shortened(String text, int length) {
        return ShortText.of(EscapedText.of(text), length);
    }

    /** The short form of a revision: the name and the first characters of its digest. */
    static String revision(String revision) {
        int colon = revision.lastIndexOf(':');
        String digest = revision.substring(colon + 1);
        return shortened(digest.length() > 12 ? revision.substring(0, colon + 13) : revision, MAX_REVISION);
    }
}
