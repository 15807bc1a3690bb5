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

    public static byte[] Write(int side = 112) => Network("tiny", graph =>
    {
        Nested(graph, 1, node => Node(node, "input", "cells", "AveragePool", ("kernel_shape", Cell), ("strides", Cell)));
        Nested(graph, 1, node => Node(node, "cells", "output", "Flatten"));
        Nested(graph, 11, value => Value(value, "input", 1, 3, side, side));
        Nested(graph, 12, value => Value(value, "output", 1, 3 * (side / Cell) * (side / Cell)));
    });

    /// <summary>A network over a clip of five axes: the mean of all that is behind the second one, so that each channel (or frame) is a class.</summary>
    public static byte[] Clip(params long[] shape) => Network("tiny-clip", graph =>
    {
        Nested(graph, 1, node => Node(node, "input", "means", "GlobalAveragePool"));
        Nested(graph, 1, node => Node(node, "means", "output", "Flatten"));
        Nested(graph, 11, value => Value(value, "input", shape));
        Nested(graph, 12, value => Value(value, "output", 1, shape[1]));
    });

    /// <summary>
    /// A finder with the outputs of YuNet: of each stride a convolution. At 8 it is sure of a cell in so far as that is red, at 16 and 32 of nothing; box and points lie as <see cref="FaceModels.Mark"/> draws a head around it.
    /// </summary>
    /// <param name="face">Width and height of the box; right eye, left eye, nose, corners of the mouth, from the middle of the cell, in pixels.</param>
    public static byte[] Finder((float Width, float Height, float[] Points) face, int side = 640) => Network("tiny-finder", graph =>
    {
        const float nearly = 1.1f / 255; // of a red that was coded and decoded
        float[] box = [0.5f, 0.5f, MathF.Log(face.Width / 8), MathF.Log(face.Height / 8)];
        foreach (var stride in (int[])[8, 16, 32])
            foreach (var (part, bias) in ((string, float[])[])[("cls", [0]), ("obj", [0]), ("bbox", box), ("kps", [.. face.Points.Select(pixels => 0.5f + (pixels / 8))])])
            {
                var (name, area) = ($"{part}_{stride}", stride * stride);
                float[] red = [.. Enumerable.Repeat(-nearly / area, 2 * area), .. Enumerable.Repeat(nearly / area, area)]; // of BGR
                var weights = bias.Length == 1 && stride == 8 ? red : new float[bias.Length * 3 * area];
                Nested(graph, 1, node => Node(node, ["input", $"{name}.w", $"{name}.b"], $"{name}.planes", "Conv", ("kernel_shape", [stride, stride]), ("strides", [stride, stride])));
                Nested(graph, 1, node => Node(node, [$"{name}.planes"], name, "Transpose", ("perm", [0, 2, 3, 1])));
                Nested(graph, 5, tensor => Tensor(tensor, $"{name}.w", weights, bias.Length, 3, stride, stride));
                Nested(graph, 5, tensor => Tensor(tensor, $"{name}.b", bias, bias.Length));
                Nested(graph, 12, value => Value(value, name, 1, side / stride, side / stride, bias.Length));
            }

        Nested(graph, 11, value => Value(value, "input", 1, 3, side, side));
    });

    /// <summary>A model of one graph (IR version 8, operators of version 13).</summary>
    static byte[] Network(string name, Action<CodedOutputStream> graph) => Message(model =>
    {
        model.WriteTag(1, WireFormat.WireType.Varint);
        model.WriteInt64(8);
        Nested(model, 8, opset =>
        {
            opset.WriteTag(2, WireFormat.WireType.Varint);
            opset.WriteInt64(13);
        });
        Nested(model, 7, whole =>
        {
            graph(whole);
            Text(whole, 2, name);
        });
    });

    static void Tensor(CodedOutputStream tensor, string name, float[] values, params long[] shape)
    {
        foreach (var size in shape)
        {
            tensor.WriteTag(1, WireFormat.WireType.Varint);
            tensor.WriteInt64(size);
        }

        tensor.WriteTag(2, WireFormat.WireType.Varint);
        tensor.WriteInt32(1);
        Text(tensor, 8, name);
        tensor.WriteTag(9, WireFormat.WireType.LengthDelimited);
        tensor.WriteBytes(ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)));
    }

    static void Node(CodedOutputStream node, string input, string output, string kind, params (string Name, long Twice)[] attributes) =>
        Node(node, [input], output, kind, [.. attributes.Select(one => (one.Name, (long[])[one.Twice, one.Twice]))]);

    static void Node(CodedOutputStream node, string[] inputs, string output, string kind, params (string Name, long[] Values)[] attributes)
    {
        foreach (var input in inputs) Text(node, 1, input);
        Text(node, 2, output);
        Text(node, 4, kind);
        foreach (var (name, values) in attributes)
            Nested(node, 5, attribute =>
            {
                Text(attribute, 1, name);
                foreach (var value in values)
                {
                    attribute.WriteTag(8, WireFormat.WireType.Varint);
                    attribute.WriteInt64(value);
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
