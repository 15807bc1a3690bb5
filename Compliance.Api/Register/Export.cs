using System.Globalization;
using System.Text;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;

namespace Compliance.Api.Register;

/// <summary>The whole register as open data: CSV (RFC 4180, UTF-8 with a byte order mark) and JSON. Columns stay as docs/open-data.md says.</summary>
static class Export
{
    public static readonly string[] Columns =
        ["venue_id", "name_kk", "name_ru", "bin", "address", "district", "state", "closed", "number", "valid_from", "valid_until", "conditions_kk", "conditions_ru", "changed_at"];

    public static async Task<IResult> Csv(PublicRegister register, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var e in await Search.Entries(register, clock, ct)) text.AppendJoin(',', Fields(e).Select(Quoted)).Append("\r\n");
        response.MayBeKept();
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8; header=present", "register.csv");
    }

    public static async Task<IResult> Json(PublicRegister register, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        response.MayBeKept();
        var lines = (await Search.Entries(register, clock, ct)).Select(e => Columns.Zip(Fields(e)).ToDictionary(c => c.First, c => c.Second));
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(lines, EventCatalog.Json), "application/json", "register.json");
    }

    static string[] Fields(RegisterEntry e) =>
    [
        e.VenueId.ToString(), e.NameKk, e.NameRu, e.Bin ?? "", e.Address, e.District, e.State.ToString(), e.Closed ? "true" : "false", e.Number,
        Iso(e.From), Iso(e.Until), Joined(e.Conditions.Select(c => c.Kk)), Joined(e.Conditions.Select(c => c.Ru)),
        e.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    ];

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Joined(IEnumerable<string> conditions) => string.Join(" | ", conditions);

    /// <summary>RFC 4180; and a text that a spreadsheet would run as a formula begins with an apostrophe.</summary>
    static string Quoted(string field)
    {
        var text = field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + field : field;
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
