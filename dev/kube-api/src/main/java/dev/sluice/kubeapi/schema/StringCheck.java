package dev.sluice.kubeapi.schema;

import com.google.re2j.Pattern;
import tools.jackson.databind.JsonNode;

/** Length, pattern and format of strings; only the first fault of the first two is told. */
record StringCheck(Faults faults, Constraints constraints) {

    void check(CheckResult result, JsonNode value, String path) {
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        Long max = constraints.sizes().maxLength();
        Long min = constraints.sizes().minLength();
        Pattern pattern = constraints.pattern();
        if (max != null && length > max) {
            result.add(faults.tooLong(path, max));
        } else if (min != null && length < min) {
            result.add(faults.value(path, value, "should be at least " + min + " chars long"));
        } else if (pattern != null && !pattern.matcher(text).find()) {
            result.add(faults.value(path, value, "should match '" + pattern.pattern() + "'"));
        }
        result.counted();
        checkFormat(result, text, path);
    }

    private void checkFormat(CheckResult result, String text, String path) {
        String format = constraints.format();
        if (!format.isEmpty()) {
            if (!Formats.matches(format, text)) {
                result.add(faults.type(path, format, text));
            }
            result.counted();
        }
    }
}
