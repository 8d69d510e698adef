package dev.sluice.reconciler.console;

import dev.sluice.artifact.concurrent.LruMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.EdgeStraighteningStrategy;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Places boxes in layers from left to right, and remembers the last drawings, because few changes add or remove a box. */
final class GraphLayout {

    static final int BOX_WIDTH = 230;
    static final int BOX_HEIGHT = 44;

    private static final int MAX_REMEMBERED = 32;
    private static final double GAP = 14;
    private static final double LAYER_GAP = 70;

    private final Map<Shape, Drawing> drawings = new LruMap<>(MAX_REMEMBERED);

    /** What the positions depend on. */
    record Shape(int boxes, List<GraphGroups.Line> lines) {

        Shape {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Positions in pixels.
     *
     * @param corners the left upper corners of the boxes
     * @param paths the lines as SVG path data
     */
    record Drawing(int width, int height, List<Point> corners, List<String> paths) {}

    /** A position. */
    record Point(int x, int y) {}

    /** One drawing is computed at a time. */
    synchronized Drawing of(Shape shape) {
        Drawing known = drawings.get(shape);
        if (known == null) {
            known = draw(shape);
            drawings.put(shape, known);
        }
        return known;
    }

    private static Drawing draw(Shape shape) {
        ElkNode root = ElkGraphUtil.createGraph();
        configure(root);
        List<ElkNode> boxes = new ArrayList<>();
        for (int i = 0; i < shape.boxes(); i++) {
            ElkNode box = ElkGraphUtil.createNode(root);
            box.setDimensions(BOX_WIDTH, BOX_HEIGHT);
            boxes.add(box);
        }
        List<ElkEdge> edges = new ArrayList<>();
        for (GraphGroups.Line line : shape.lines()) {
            edges.add(ElkGraphUtil.createSimpleEdge(boxes.get(line.from()), boxes.get(line.to())));
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        return new Drawing(
                (int) Math.ceil(root.getWidth()),
                (int) Math.ceil(root.getHeight()),
                boxes.stream()
                        .map(box -> new Point((int) Math.round(box.getX()), (int) Math.round(box.getY())))
                        .toList(),
                edges.stream().map(GraphLayout::path).toList());
    }

    private static void configure(ElkNode root) {
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_NODES);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, GAP);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, LAYER_GAP);
        root.setProperty(
                LayeredOptions.NODE_PLACEMENT_BK_EDGE_STRAIGHTENING, EdgeStraighteningStrategy.IMPROVE_STRAIGHTNESS);
    }

    private static String path(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().get(0);
        StringBuilder path = new StringBuilder("M").append(point(section.getStartX(), section.getStartY()));
        for (ElkBendPoint bend : section.getBendPoints()) {
            path.append('L').append(point(bend.getX(), bend.getY()));
        }
        return path.append('L')
                .append(point(section.getEndX(), section.getEndY()))
                .toString();
    }

    private static String point(double x, double y) {
        return Math.round(x) + "," + Math.round(y);
    }
}
