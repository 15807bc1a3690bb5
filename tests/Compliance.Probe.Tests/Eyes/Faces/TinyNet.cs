using Google.Protobuf;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>
/// A network small enough to be written down here (ONNX, onnx.proto3): it takes the mean of each 28 by 28 pixels of a 112 by 112 picture in three colours, so its
/// "templates" are 48 numbers by which pictures that look alike are alike. For tests of all that goes on around a recogniser.
/// </summary>
static class TinyNet
{
    public const int Length = 48;

    const int Cell = 28;

    public static byte[] Write(int side = 112) => Message(model =>
    {
        model.WriteTag(1, WireFormat.WireType.Varint);
        model.WriteInt64(8);
        Nested(model, 8, opset =>
        {
            opset.WriteTag(2, WireFormat.WireType.Varint);
            opset.WriteInt64(13);
        });
        Nested(model, 7, graph =>
        {
            Nested(graph, 1, node => Node(node, "input", "cells", "AveragePool", ("kernel_shape", Cell), ("strides", Cell)));
            Nested(graph, 1, node => Node(node, "cells", "output", "Flatten"));
            Text(graph, 2, "tiny");
            Nested(graph, 11, value => Value(value, "input", 1, 3, side, side));
            Nested(graph, 12, value => Value(value, "output", 1, 3 * (side / Cell) * (side / Cell)));
        });
    });

    /// <summary>A network over a clip of five axes: the mean of all that is behind the second one, so that each channel (or frame) is a class.</summary>
    public static byte[] Clip(params long[] shape) => Message(model =>
    {
        model.WriteTag(1, WireFormat.WireType.Varint);
        model.WriteInt64(8);
        Nested(model, 8, opset =>
        {
            opset.WriteTag(2, WireFormat.WireType.Varint);
            opset.WriteInt64(13);
        });
        Nested(model, 7, graph =>
        {
            Nested(graph, 1, node => Node(node, "input", "means", "GlobalAveragePool"));
            Nested(graph, 1, node => Node(node, "means", "output", "Flatten"));
            Text(graph, 2, "tiny-clip");
            Nested(graph, 11, value => Value(value, "input", shape));
            Nested(graph, 12, value => Value(value, "output", 1, shape[1]));
        });
    });

    static void Node(CodedOutputStream node, string input, string output, string kind, params (string Name, long Twice)[] attributes)
    {
        Text(node, 1, input);
        Text(node, 2, output);
        Text(node, 4, kind);
        foreach (var (name, twice) in attributes)
            Nested(node, 5, attribute =>
            {
                Text(attribute, 1, name);
                for (var i = 0; i < 2; i++)
                {
                    attribute.WriteTag(8, WireFormat.WireType.Varint);
                    attribute.WriteInt64(twice);
                }

                attribute.WriteTag(20, WireFormat.WireType.Varint);
                attribute.WriteInt32(7);
            });
    }

    static void Value(CodedOutputStream value, string name, params long[] shape)
    {
        Text(value, 1, name);
        Nested(value, 2, type => Nested(type, 1, tensor =>
        {
            tensor.WriteTag(1, WireFormat.WireType.Varint);
            tensor.WriteInt32(1);
            Nested(tensor, 2, dimensions =>
            {
                foreach (var size in shape)
                    Nested(dimensions, 1, dimension =>
                    {
                        dimension.WriteTag(1, WireFormat.WireType.Varint);
                        dimension.WriteInt64(size);
                    });
            });
        }));
    }

    static void Text(CodedOutputStream to, int field, string text)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteString(text);
    }

    static void Nested(CodedOutputStream to, int field, Action<CodedOutputStream> write)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        var output = new CodedOutputStream(memory, leaveOpen: true);
        write(output);
        output.Flush();
        return memory.ToArray();
    }
}
