using System.Globalization;
using System.Text;

namespace Compliance.Probe.Watch.Panels;

/// <summary>
/// The head of a frame of ANSI/SIA DC-09, whose check sum and length were right:
/// <c>&lt;LF&gt; CCCC 0LLL "ID" SSSS Rrcvr Lpref #acct [ data ] [xdata] _HH:MM:SS,MM-DD-YYYY &lt;CR&gt;</c>.
/// </summary>
/// <param name="Id"><c>SIA-DCS</c>, <c>ADM-CID</c> or <c>NULL</c>, without the star of an encrypted frame.</param>
/// <param name="Sequence">Four digits; a receiver only echoes them.</param>
/// <param name="Receiver">With its R; empty when the frame has none.</param>
/// <param name="Line">With its L; empty when the frame has none.</param>
/// <param name="Account">In capitals, without the number sign; empty when the head has none.</param>
/// <param name="Rest">What follows the first bracket: plain text, or hexadecimal of the cipher.</param>
internal sealed record Dc09(string Id, bool IsEncrypted, string Sequence, string Receiver, string Line, string Account, string Rest)
{
    /// <summary>Longest body that is read. The standard's field would allow 4095; no panel comes near this.</summary>
    public const int Longest = 1_024;

    /// <summary>Check sum and length before the first quote.</summary>
    public const int Prefix = 8;

    public const byte Begin = (byte)'\n', End = (byte)'\r';

    /// <summary>How far the panel's clock may be ahead of and behind ours (DC-09, 5.5.1.9).</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(20), Behind = TimeSpan.FromSeconds(40);

    const string Stamp = "HH:mm:ss,MM-dd-yyyy";

    /// <summary>CRC-16/ARC: polynomial 0xA001 reflected, begun at 0, over the bytes themselves (extended data may be Windows-1252).</summary>
    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (ushort)((crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001);
        }

        return crc;
    }

    /// <param name="frame">What stands between line feed and carriage return.</param>
    /// <returns>Null when check sum, length or head are wrong: the standard has the receiver say nothing then.</returns>
    public static Dc09? Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length is <= Prefix or > Prefix + Longest) return null;
        var body = frame[Prefix..];
        if (Hex(frame[..4]) != Crc(body) || frame[4] != '0' || Hex(frame[4..Prefix]) != body.Length) return null;
        var text = Encoding.Latin1.GetString(body);
        var (close, bracket) = (text.IndexOf('"', 1), text.IndexOf('['));
        if (text[0] != '"' || close < 3 || bracket < close + 5) return null;
        var id = text[1..close];
        var isEncrypted = id[0] == '*';
        if (isEncrypted) id = id[1..];
        var sequence = text.AsSpan(close + 1, 4);
        if (id is not ("SIA-DCS" or "ADM-CID" or "NULL") || sequence.ContainsAnyExceptInRange('0', '9')) return null;
        var at = close + 5;
        var receiver = Field(text, ref at, 'R', 0, 6);
        var line = Field(text, ref at, 'L', 0, 6);
        var account = Field(text, ref at, '#', 3, 16);
        return at == bracket ? new(id, isEncrypted, sequence.ToString(), receiver, line, account.TrimStart('#').ToUpperInvariant(), text[(bracket + 1)..]) : null;
    }

    /// <summary>What the frame says, decrypted where it has to be; null when it does not open or is not as the standard has it.</summary>
    public Dc09Content? Open(byte[]? key)
    {
        var text = Rest;
        if (IsEncrypted)
        {
            if (key is null || Dc09Cipher.Decrypt(key, Rest) is not { } plain) return null;
            var pad = plain.IndexOf('|', StringComparison.Ordinal);
            if (pad < 0) return null;
            text = plain[(pad + 1)..];
        }

        var close = text.IndexOf(']', StringComparison.Ordinal);
        if (close < 0) return null;
        var (data, tail) = (text[..close], text[(close + 1)..]);
        while (tail.StartsWith('['))
        {
            var end = tail.IndexOf(']', StringComparison.Ordinal);
            if (end < 0) return null;
            tail = tail[(end + 1)..];
        }

        if (tail.Length == 0) return new(data, null);
        return tail[0] == '_' && DateTimeOffset.TryParseExact(tail.AsSpan(1), Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new(data, at) : null;
    }

    public static string StampOf(DateTimeOffset at) => "_" + at.ToUniversalTime().ToString(Stamp, CultureInfo.InvariantCulture);

    /// <summary>A body as it goes on the wire.</summary>
    public static byte[] Framed(string body)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        return [Begin, .. Encoding.ASCII.GetBytes($"{Crc(bytes):X4}{bytes.Length:X4}"), .. bytes, End];
    }

    /// <summary>Received and kept. An encrypted frame is answered encrypted, with our time.</summary>
    public byte[] Acknowledge(byte[]? key, DateTimeOffset now) => IsEncrypted && key is not null
        ? Framed($"\"*ACK\"{Sequence}{Receiver}{Line}#{Account}[{Dc09Cipher.Encrypt(key, $"]{StampOf(now)}")}")
        : Framed($"\"ACK\"{Sequence}{Receiver}{Line}{Number}[]");

    /// <summary>Its time is too far from ours: never encrypted, so that the panel can set its clock by it.</summary>
    public static byte[] OutOfTime(DateTimeOffset now) => Framed($"\"NAK\"0000R0L0A0[]{StampOf(now)}");

    /// <summary>Read, and there is nothing this receiver can do with it.</summary>
    public byte[] Decline() => Framed($"\"DUH\"{Sequence}{Receiver}{Line}{Number}[]");

    string Number => Account.Length > 0 ? $"#{Account}" : "";

    static string Field(string text, ref int at, char sign, int fewest, int most)
    {
        if (at >= text.Length || text[at] != sign) return "";
        var end = at + 1;
        while (end < text.Length && end - at <= most && char.IsAsciiHexDigit(text[end])) end++;
        if (end - at - 1 < fewest) return "";
        var field = text[at..end];
        at = end;
        return field;
    }

    /// <summary>-1 when it is not four hexadecimal digits.</summary>
    static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return -1;
            value = (value << 4) | Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return value;
    }
}

/// <summary>What a frame says: its data without the brackets, and the panel's own time where it gives one.</summary>
internal sealed record Dc09Content(string Data, DateTimeOffset? Stamp);
