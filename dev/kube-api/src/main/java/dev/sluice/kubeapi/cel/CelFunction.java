package dev.sluice.kubeapi.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** A function with its types and what it does. */
record CelFunction(CelFunctionDecl declaration, List<CelFunctionBinding> bindings) {

    static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects overloads. */
    static final class Builder {

        private final String name;
        private final List<CelOverloadDecl> overloads = new ArrayList<>();
        private final List<CelFunctionBinding> bindings = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** A call on the first argument, as in {@code a.f(b)}. */
        Builder method(String id, CelType result, List<CelType> types, CelFunctionBinding binding) {
            overloads.add(CelOverloadDecl.newMemberOverload(id, result, types));
            bindings.add(binding);
            return this;
        }

        /** A call as in {@code f(a)}. */
        Builder function(String id, CelType result, List<CelType> types, CelFunctionBinding binding) {
            overloads.add(CelOverloadDecl.newGlobalOverload(id, result, types));
            bindings.add(binding);
            return this;
        }

        CelFunction build() {
            return new CelFunction(
                    CelFunctionDecl.newFunctionDeclaration(name, overloads),
                    List.copyOf(CelFunctionBinding.fromOverloads(name, bindings)));
        }
    }
}
