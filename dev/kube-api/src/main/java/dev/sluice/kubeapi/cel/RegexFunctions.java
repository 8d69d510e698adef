package dev.sluice.kubeapi.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** {@code find} and {@code findAll}. */
final class RegexFunctions {

    private RegexFunctions() {}

    static List<CelFunction> all() {
        var texts = List.<dev.cel.common.types.CelType>of(SimpleType.STRING, SimpleType.STRING);
        var strings = ListType.create(SimpleType.STRING);
        return List.of(
                CelFunction.named("find")
                        .method(
                                "string_find_string",
                                SimpleType.STRING,
                                texts,
                                CelFunctionBinding.from(
                                        "string_find_string", String.class, String.class, RegexFunctions::find))
                        .build(),
                CelFunction.named("findAll")
                        .method(
                                "string_find_all_string",
                                strings,
                                texts,
                                CelFunctionBinding.from(
                                        "string_find_all_string",
                                        String.class,
                                        String.class,
                                        (text, regex) -> findAll(text, regex, -1)))
                        .method(
                                "string_find_all_string_int",
                                strings,
                                List.of(SimpleType.STRING, SimpleType.STRING, SimpleType.INT),
                                CelFunctionBinding.from(
                                        "string_find_all_string_int",
                                        List.of(String.class, String.class, Long.class),
                                        arguments -> findAll(
                                                (String) arguments[0], (String) arguments[1], (Long) arguments[2])))
                        .build());
    }

    private static String find(String text, String regex) throws CelEvaluationException {
        Matcher matcher = compiled(regex).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static List<String> findAll(String text, String regex, long max) throws CelEvaluationException {
        Matcher matcher = compiled(regex).matcher(text);
        List<String> found = new ArrayList<>();
        while ((max < 0 || found.size() < max) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Pattern compiled(String regex) throws CelEvaluationException {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new CelEvaluationException("Illegal regex: " + e.getMessage(), e);
        }
    }
}
