package dev.sluice.kubeapi.object;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Validates names of labels, annotations and finalizers: an optional DNS prefix and a slash, then a short name. */
final class QualifiedName {

    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String NAME_WORDING =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation"
                    + " is '" + NAME.pattern() + "')";

    private QualifiedName() {}

    static List<String> violations(String text) {
        String[] parts = text.split("/", -1);
        List<String> violations = new ArrayList<>();
        if (parts.length > 2) {
            return List.of("a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used"
                    + " for validation is '" + NAME.pattern() + "') with an optional DNS subdomain prefix and '/'"
                    + " (e.g. 'example.com/MyName')");
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                violations.add("prefix part must be non-empty");
            } else {
                NameRule.SUBDOMAIN.violation(parts[0]).ifPresent(why -> violations.add("prefix part " + why));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            violations.add("name part must be non-empty");
        } else if (name.length() > 63) {
            violations.add("name part must be no more than 63 characters");
        }
        if (!NAME.matcher(name).matches()) {
            violations.add(NAME_WORDING);
        }
        return violations;
    }
}
