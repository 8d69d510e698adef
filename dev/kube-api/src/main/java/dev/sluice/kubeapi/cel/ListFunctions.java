package dev.sluice.kubeapi.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf} and {@code lastIndexOf} of lists. */
final class ListFunctions {

    private static final List<CelType> COMPARABLE = List.of(
            SimpleType.INT,
            SimpleType.DOUBLE,
            SimpleType.BOOL,
            SimpleType.DURATION,
            SimpleType.TIMESTAMP,
            SimpleType.STRING,
            SimpleType.BYTES);
    private static final List<CelType> SUMMABLE = List.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.DURATION);

    private ListFunctions() {}

    static List<CelFunction> all() {
        List<CelFunction> functions = new ArrayList<>();
        functions.add(sorted());
        functions.add(sum());
        functions.add(extreme("min", -1));
        functions.add(extreme("max", 1));
        functions.add(index("indexOf", false));
        functions.add(index("lastIndexOf", true));
        return functions;
    }

    private static CelFunction sorted() {
        CelFunction.Builder function = CelFunction.named("isSorted");
        for (CelType type : COMPARABLE) {
            String id = "list_" + type.name() + "_is_sorted_bool";
            function.method(
                    id,
                    SimpleType.BOOL,
                    List.of(ListType.create(type)),
                    CelFunctionBinding.from(id, List.class, ListFunctions::isSorted));
        }
        return function.build();
    }

    private static boolean isSorted(List<?> list) throws CelEvaluationException {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) throws CelEvaluationException {
        if (left instanceof Comparable<?> comparable && left.getClass().equals(right.getClass())) {
            return ((Comparable<Object>) comparable).compareTo(right);
        }
        throw new CelEvaluationException("no such overload");
    }

    private static CelFunction sum() {
        CelFunction.Builder function = CelFunction.named("sum");
        for (CelType type : SUMMABLE) {
            String id = "list_" + type.name() + "_sum";
            function.method(
                    id,
                    type,
                    List.of(ListType.create(type)),
                    CelFunctionBinding.from(id, List.class, list -> sum(list, type)));
        }
        return function.build();
    }

    private static Object sum(List<?> list, CelType type) throws CelEvaluationException {
        try {
            if (type.equals(SimpleType.INT)) {
                return list.stream().mapToLong(item -> (Long) item).reduce(0L, Math::addExact);
            }
            if (type.equals(SimpleType.DOUBLE)) {
                return list.stream().mapToDouble(item -> (Double) item).sum();
            }
            return list.stream().map(Duration.class::cast).reduce(Duration.ZERO, Duration::plus);
        } catch (ArithmeticException | ClassCastException e) {
            throw new CelEvaluationException("integer overflow", e);
        }
    }

    private static CelFunction extreme(String name, int sign) {
        CelFunction.Builder function = CelFunction.named(name);
        for (CelType type : COMPARABLE) {
            String id = "list_" + type.name() + "_" + name;
            function.method(
                    id,
                    type,
                    List.of(ListType.create(type)),
                    CelFunctionBinding.from(id, List.class, list -> extreme(list, name, sign)));
        }
        return function.build();
    }

    private static Object extreme(List<?> list, String name, int sign) throws CelEvaluationException {
        if (list.isEmpty()) {
            throw new CelEvaluationException(name + " called on empty list");
        }
        Object best = list.get(0);
        for (Object item : list) {
            best = compare(item, best) * sign > 0 ? item : best;
        }
        return best;
    }

    private static CelFunction index(String name, boolean last) {
        TypeParamType item = TypeParamType.create("T");
        String id = "list_a_" + name + "_int";
        return CelFunction.named(name)
                .method(
                        id,
                        SimpleType.INT,
                        List.of(ListType.create(item), item),
                        CelFunctionBinding.from(id, List.class, Object.class, (list, wanted) ->
                                (long) (last ? list.lastIndexOf(wanted) : list.indexOf(wanted))))
                .build();
    }
}
