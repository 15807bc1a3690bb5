using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Compliance.Probe.Look;

/// <summary>One picture as it is remembered: whether its bytes, or what moved in it, come again.</summary>
/// <param name="Bytes">Of the coded picture without its parameter sets.</param>
/// <param name="MovedHigh">128 bits of what differs from the usual view (see <see cref="Repetition"/>); 0 with <paramref name="MovedLow"/>: nothing told.</param>
/// <param name="At">Seconds since 1970.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ShownPicture(ulong Bytes, ulong MovedHigh, ulong MovedLow, uint At);

/// <summary>
/// A bounded memory of what a camera has shown, over days: when it is full a new picture takes the place of one drawn by chance, so that the
/// older a picture is the fewer of its time are left, and some of each day stay. From it no picture can be made.
/// </summary>
internal sealed class ShownBefore
{
    public const int Most = 2048;

    readonly List<ShownPicture> _pictures = [];
    readonly Random _chance;

    public ShownBefore(Random chance, ReadOnlySpan<byte> kept = default)
    {
        _chance = chance;
        if (kept.Length % Size == 0 && kept.Length / Size <= Most) _pictures.AddRange(MemoryMarshal.Cast<byte, ShownPicture>(kept));
    }

    static int Size => Marshal.SizeOf<ShownPicture>();

    public int Count => _pictures.Count;

    public ReadOnlySpan<ShownPicture> All => CollectionsMarshal.AsSpan(_pictures);

    public byte[] Bytes => MemoryMarshal.AsBytes(All).ToArray();

    public void Add(ShownPicture picture)
    {
        if (_pictures.Count < Most) _pictures.Add(picture);
        else _pictures[_chance.Next(Most)] = picture;
    }

    /// <summary>The same bytes in any order of machines; only its head is the picture's own chance.</summary>
    public static ulong Hash(ReadOnlySpan<byte> coded)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(coded, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
