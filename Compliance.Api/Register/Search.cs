using System.Globalization;
using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Register;

/// <summary>The register of certificates for everybody: by a part of a name (Kazakh letters or the Russian ones in their place), address, BIN or number.</summary>
static class Search
{
    public static async Task<Page<RegisterEntry>> Handle(
        [AsParameters] Paging paging, string? search, string? district, PublicRegister register, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var from = paging.After is null ? 0 : int.TryParse(paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place : throw new Malformed("after", "This cursor is not from here.");
        var found = (await Entries(register, clock, ct)).Where(e => (district is null || e.District == district) && (search is null || Matches(e, search))).ToList();
        response.MayBeKept();
        var stretch = found.Skip(from).Take(paging.Size).ToList();
        return new(stretch, from + stretch.Count < found.Count ? (from + stretch.Count).ToString(CultureInfo.InvariantCulture) : null);
    }

    public static async Task<IEnumerable<RegisterEntry>> Entries(PublicRegister register, TimeProvider clock, CancellationToken ct)
    {
        var today = VenueZone.Day(clock.GetUtcNow());
        return (await register.Rows(ct)).Select(row => RegisterEntry.Of(row, today)).OfType<RegisterEntry>();
    }

    /// <summary>Anybody's cache may hold it for a minute: it is the same for all.</summary>
    public static void MayBeKept(this HttpResponse response) => response.Headers.CacheControl = "public, max-age=60";

    static bool Matches(RegisterEntry e, string search) => Folded.Finds(search, e.NameKk, e.NameRu, e.Address, e.District, e.Bin ?? "", e.Number);
}
