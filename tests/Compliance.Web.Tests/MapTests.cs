using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Compliance.Web.Tests;

/// <summary>The map of the desk: our own districts, somebody else's library unchanged, and nobody's server unless it is named.</summary>
public sealed class MapTests
{
    static readonly string Root = Path.Combine(Repo.Root, "Compliance.Web/wwwroot");

    static readonly Dictionary<string, (double X, double Y)[]> Districts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "map/almaty.json"))).RootElement.GetProperty("features").EnumerateArray()
        .ToDictionary(f => f.GetProperty("properties").GetProperty("district").GetString()!, f => f.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble())).ToArray());

    [Fact]
    public void Every_district_is_drawn_once_and_closed()
    {
        Assert.Equal(District.OfAlmaty.Select(d => d.Kk).Order(), Districts.Keys.Order());
        Assert.All(Districts.Values, ring => Assert.True(ring.Length >= 4 && ring[0] == ring[^1]));
    }

    [Fact]
    public void Every_demo_venue_stands_in_its_district_and_in_no_other()
    {
        var venues = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repo.Root, "tests/VenueSimulator/Cities/city.json"))).RootElement.GetProperty("venues").EnumerateArray().Select(v => v.GetProperty("details")).ToList();
        Assert.NotEmpty(venues);
        Assert.All(venues, d => Assert.Equal([d.GetProperty("district").GetString()!], Districts
            .Where(x => Holds(x.Value, d.GetProperty("position").GetProperty("longitude").GetDouble(), d.GetProperty("position").GetProperty("latitude").GetDouble())).Select(x => x.Key)));
    }

    [Fact]
    public void Leaflet_is_the_published_one_with_its_licence()
    {
        Assert.Equal("db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, "lib/leaflet/leaflet.js")))));
        Assert.Contains("Redistributions in binary form", File.ReadAllText(Path.Combine(Root, "lib/leaflet/LICENSE")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "img-src 'self' data:;")]
    [InlineData("https://tiles.example.kz:8443/osm/{z}/{x}/{y}.png", "img-src 'self' data: https://tiles.example.kz:8443;")]
    public async Task Pictures_come_from_a_tile_server_only_where_one_is_named(string? tiles, string expected)
    {
        var http = new DefaultHttpContext();
        await SafeHeaders.For(new(new("http://api/"), new("http://api/")), MapSettings.From(Settings(tiles)))(http, _ => Task.CompletedTask);
        Assert.Contains(expected, http.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData("tiles.example.kz/{z}/{x}/{y}.png"), InlineData("file:///{z}/{x}/{y}.png"), InlineData("https://tiles.example.kz/{z}/{x}.png")]
    public void What_is_no_tile_server_stops_the_start(string tiles) => Assert.Throws<InvalidOperationException>(() => MapSettings.From(Settings(tiles)));

    static IConfiguration Settings(string? tiles) => new ConfigurationBuilder().AddInMemoryCollection([new("Map:Tiles", tiles)]).Build();

    /// <summary>A ray to the east crosses the wall an odd number of times.</summary>
    static bool Holds((double X, double Y)[] ring, double x, double y) =>
        ring.Zip(ring.Skip(1)).Count(edge => edge.First.Y > y != edge.Second.Y > y && x < ((edge.Second.X - edge.First.X) * (y - edge.First.Y) / (edge.Second.Y - edge.First.Y)) + edge.First.X) % 2 == 1;
}
