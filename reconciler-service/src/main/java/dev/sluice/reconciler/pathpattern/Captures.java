package dev.sluice.reconciler.pathpattern;

import java.util.LinkedHashSet;
import java.util.Set;

/** The placeholders in a template. */
public final class Captures {

    private Captures() {}

    /** Returns the names of the placeholders; empty for a malformed template, which its rendering reports. */
    public static Set<String> in(String template) {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (CaptureText.Part part : CaptureText.parse(template).parts()) {
                if (part.capture()) {
                    names.add(part.text());
                }
            }
        } catch (CaptureException malformed) {
            return Set.of();
        }
        return names;
    }
}
