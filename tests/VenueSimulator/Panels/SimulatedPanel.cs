using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace VenueSimulator.Panels;

/// <summary>
/// A fire alarm panel that reports by SIA DC-09, with everything that can be wrong with one. It writes the frames by itself, from the
/// standard: what it shares with the receiver is the standard and no code.
/// </summary>
/// <param name="key">16, 24 or 32 bytes; null for a panel that cannot encrypt.</param>
internal sealed class SimulatedPanel(string account, byte[]? key = null, TimeProvider? clock = null) : IDisposable
{
    /// <summary>CRC-16/ARC by table, where the receiver counts bit by bit.</summary>
    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((ushort)n, (crc, _) => (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1)))];

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private Socket? socket;
    private int sequence;

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>A panel that never learned the time sends none; an encrypted one has to.</summary>
    public bool TellsTime { get; set; } = true;

    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0;
        foreach (var value in bytes) crc = (ushort)((crc >> 8) ^ Table[(crc ^ value) & 0xFF]);
        return crc;
    }

    /// <summary>A body between line feed and carriage return, with check sum and length.</summary>
    public static byte[] Framed(string body, ushort spoil = 0)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        var head = string.Create(CultureInfo.InvariantCulture, $"\n{Crc(bytes) ^ spoil:X4}0{bytes.Length:X3}");
        return [.. Encoding.ASCII.GetBytes(head), .. bytes, (byte)'\r'];
    }

    public byte[] Poll() => Say("NULL", "");

    /// <param name="codes"><c>FA01</c>, or several: <c>FA01/FT02</c>.</param>
    public byte[] Sia(string codes) => Say("SIA-DCS", $"#{account}|Nri1/{codes}");

    /// <param name="code">Qualifier and event: <c>1110</c>.</param>
    public byte[] ContactId(string code, int zone) => Say("ADM-CID", string.Create(CultureInfo.InvariantCulture, $"#{account}|{code} 01 {zone:000}"));

    /// <summary>A sum that does not fit.</summary>
    public byte[] Spoiled(string codes) => Framed($"\"SIA-DCS\"{++sequence:0000}L0#{account}[#{account}|Nri1/{codes}]", spoil: 1);

    public byte[] Say(string id, string data)
    {
        var stamp = TellsTime ? (clock.GetUtcNow() + ClockAhead).ToString("_HH:mm:ss,MM-dd-yyyy", CultureInfo.InvariantCulture) : "";
        var number = (id == "NULL" ? 0 : sequence = (sequence % 9999) + 1).ToString("0000", CultureInfo.InvariantCulture);
        return Framed(key is null ? $"\"{id}\"{number}L0#{account}[{data}]{stamp}" : $"\"*{id}\"{number}L0#{account}[{Encrypted($"{data}]{stamp}")}");
    }

    public async Task Connect(IPEndPoint receiver, CancellationToken ct)
    {
        socket?.Dispose();
        socket = new(receiver.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(receiver, ct);
    }

    public async Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct) => await socket!.SendAsync(bytes, SocketFlags.None, ct);

    /// <summary>The next answer without check sum and length; null when the receiver hung up.</summary>
    public async Task<string?> Answer(CancellationToken ct)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        try
        {
            while (await socket!.ReceiveAsync(one, SocketFlags.None, ct) == 1)
            {
                if (one[0] == '\r') return Checked(text.ToString());
                if (one[0] != '\n') text.Append((char)one[0]);
            }
        }
        catch (SocketException)
        {
            // Hung up on without a goodbye.
        }

        return null;
    }

    public async Task<string?> Ask(byte[] frame, CancellationToken ct)
    {
        await Write(frame, ct);
        return await Answer(ct);
    }

    public static async Task<string> AskByDatagram(IPEndPoint receiver, byte[] frame, CancellationToken ct)
    {
        using var udp = new Socket(receiver.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await udp.SendToAsync(frame, receiver, ct);
        var buffer = new byte[2_048];
        var answer = await udp.ReceiveFromAsync(buffer, receiver, ct);
        return Checked(Encoding.Latin1.GetString(buffer, 1, answer.ReceivedBytes - 2));
    }

    /// <summary>What an encrypted answer says after its padding.</summary>
    public string Opened(string answer)
    {
        using var aes = Aes.Create();
        aes.Key = key!;
        var plain = Encoding.Latin1.GetString(aes.DecryptCbc(Convert.FromHexString(answer[(answer.IndexOf('[', StringComparison.Ordinal) + 1)..]), new byte[16], PaddingMode.None));
        return plain[(plain.IndexOf('|', StringComparison.Ordinal) + 1)..];
    }

    public void Dispose() => socket?.Dispose();

    private static string Checked(string frame)
    {
        var body = frame[8..];
        var sum = Convert.ToUInt16(frame[..4], 16);
        return sum == Crc(Encoding.Latin1.GetBytes(body)) && Convert.ToInt32(frame[4..8], 16) == body.Length ? body : throw new InvalidDataException($"An answer that does not fit its sum: {frame}");
    }

    private string Encrypted(string text)
    {
        var pad = 16 - ((text.Length + 1) % 16);
        using var aes = Aes.Create();
        aes.Key = key!;
        return Convert.ToHexString(aes.EncryptCbc(Encoding.Latin1.GetBytes($"{new string('x', pad)}|{text}"), new byte[16], PaddingMode.None));
    }
}
