package dev.sluice.kubeapi.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions that Kubernetes adds to the language: regular expressions, lists, URLs, quantities and string formatting.
 * Those for IP addresses, semantic versions and named formats are not there; a rule that uses them does not compile.
 */
final class KubernetesFunctions {

    private static final List<CelFunction> ALL = Stream.of(
                    RegexFunctions.all(),
                    ListFunctions.all(),
                    UrlFunctions.all(),
                    QuantityFunctions.all(),
                    FormatFunction.all())
            .flatMap(List::stream)
            .toList();

    private KubernetesFunctions() {}

    static List<CelFunctionDecl> declarations() {
        return ALL.stream().map(CelFunction::declaration).toList();
    }

    static List<CelFunctionBinding> bindings() {
        return ALL.stream().flatMap(function -> function.bindings().stream()).toList();
    }
}
