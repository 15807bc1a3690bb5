using System.Globalization;
using Compliance.Domain.Panels;

namespace Compliance.Probe.Watch.Panels;

/// <summary>One thing a panel said, in our words.</summary>
internal readonly record struct PanelSaid(PanelSignal Signal, bool On, int Zone);

/// <summary>What the codes of the two payloads mean for a fire alarm and a button for hold-ups. Codes of burglary, access and the rest mean nothing here.</summary>
internal static class PanelCodes
{
    /// <summary>More in one frame are not read: no panel sends them.</summary>
    const int Most = 8;

    /// <summary>Null when the data is not as the standard has it, or names another account; empty when it says nothing of either.</summary>
    public static IReadOnlyList<PanelSaid>? Read(string id, string data, string account)
    {
        if (id == "NULL") return [];
        if (data.StartsWith('#'))
        {
            var bar = data.IndexOf('|', StringComparison.Ordinal);
            if (bar < 0 || !data.AsSpan(1, bar - 1).Equals(account, StringComparison.OrdinalIgnoreCase)) return null;
            data = data[(bar + 1)..];
        }

        return id == "ADM-CID" ? ContactId(data) : Sia(data);
    }

    /// <summary><c>1110 01 003</c>: one qualifier (1 new, 3 over, 6 still), three digits of the event, group, zone or user.</summary>
    static PanelSaid[]? ContactId(string data)
    {
        if (data.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [{ Length: 4 } code, { Length: 2 }, { Length: 3 } place, ..]) return null;
        if (!Number(code, out var number) || !Number(place, out var zone) || number / 1000 is not (1 or 3 or 6)) return null;
        return SignalOf(number % 1000) is { } signal ? [new(signal, number / 1000 != 3, OfZone(signal, zone))] : [];
    }

    static PanelSignal? SignalOf(int contactId) => contactId switch
    {
        >= 110 and <= 117 => PanelSignal.Fire,
        >= 120 and <= 125 => PanelSignal.Panic, // panic, duress (the user's number stands as zone), silent, audible, let in or out under duress
        118 or (>= 200 and <= 206) => PanelSignal.Supervisory,
        301 => PanelSignal.Mains,
        302 or 309 or 311 => PanelSignal.Battery,
        >= 300 and <= 399 => PanelSignal.Fault,
        >= 570 and <= 573 => PanelSignal.Bypass,
        601 => PanelSignal.ManualTest,
        602 => PanelSignal.AutomaticTest,
        604 or 607 => PanelSignal.TestMode,
        _ => null,
    };

    /// <summary><c>Nri1/FA01/FT02</c>: small letters place what follows, capitals are events with their zone; free text stands between carets.</summary>
    static List<PanelSaid>? Sia(string data)
    {
        if (data.Length == 0 || data[0] is not ('N' or 'O')) return null;
        var said = new List<PanelSaid>();
        foreach (var packet in data[1..].Split('/'))
        {
            var caret = packet.IndexOf('^', StringComparison.Ordinal);
            var word = (caret < 0 ? packet : packet[..caret]).AsSpan();
            if (word.Length < 2 || !char.IsAsciiLetterUpper(word[0]) || !char.IsAsciiLetterUpper(word[1]) || said.Count == Most) continue;
            if (!Number(word.Length == 2 ? "0" : word[2..], out var zone)) continue;
            if (Meaning(word[..2]) is var (signal, on)) said.Add(new(signal, on, OfZone(signal, zone)));
        }

        return said;
    }

    static (PanelSignal Signal, bool On)? Meaning(ReadOnlySpan<char> code) => code switch
    {
        "FA" or "KA" or "SA" => (PanelSignal.Fire, true),
        "FH" or "FR" or "KH" or "KR" or "SH" or "SR" => (PanelSignal.Fire, false),
        "PA" or "HA" => (PanelSignal.Panic, true),
        "PH" or "PR" or "HH" or "HR" => (PanelSignal.Panic, false),
        "FS" or "KS" or "SS" => (PanelSignal.Supervisory, true),
        "FV" or "KV" or "SV" => (PanelSignal.Supervisory, false),
        "FT" or "KT" or "ST" or "ET" => (PanelSignal.Fault, true),
        "FJ" or "KJ" or "SJ" or "ER" => (PanelSignal.Fault, false),
        "FB" or "KB" or "SB" => (PanelSignal.Bypass, true),
        "FU" or "KU" or "SU" => (PanelSignal.Bypass, false),
        "AT" => (PanelSignal.Mains, true),
        "AR" => (PanelSignal.Mains, false),
        "YT" or "YM" => (PanelSignal.Battery, true),
        "YR" => (PanelSignal.Battery, false),
        "FI" or "TS" => (PanelSignal.TestMode, true),
        "FK" or "TE" => (PanelSignal.TestMode, false),
        "FX" => (PanelSignal.ZoneTest, true),
        "RP" => (PanelSignal.AutomaticTest, true),
        "RX" => (PanelSignal.ManualTest, true),
        _ => null,
    };

    /// <summary>Power, batteries and tests are the panel's own, whatever number stands beside them.</summary>
    static int OfZone(PanelSignal signal, int zone) =>
        signal is PanelSignal.Fire or PanelSignal.ZoneTest or PanelSignal.Supervisory or PanelSignal.Fault or PanelSignal.Bypass or PanelSignal.Panic ? zone : 0;

    static bool Number(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= PanelZone.Highest;
}
