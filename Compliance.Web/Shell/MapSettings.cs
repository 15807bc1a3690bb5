namespace Compliance.Web.Shell;

/// <summary>The map of the police desk. It works without anybody else's server; an operator may name one for tiles.</summary>
/// <param name="Tiles">Address of a tile with <c>{z}</c>, <c>{x}</c> and <c>{y}</c>; null for none. Browsers of the desk ask it, so whoever runs it learns which places are looked at.</param>
/// <param name="Attribution">What its licence asks to be said.</param>
public sealed record MapSettings(string? Tiles = null, string? Attribution = null)
{
    /// <exception cref="InvalidOperationException">The address is no template of an http or https server.</exception>
    public static MapSettings From(IConfiguration settings)
    {
        var map = new MapSettings(settings["Map:Tiles"], settings["Map:Attribution"]);
        if (string.IsNullOrWhiteSpace(map.Tiles)) return new();
        return map.Origin is not null && ((string[])["{z}", "{x}", "{y}"]).All(part => map.Tiles.Contains(part, StringComparison.Ordinal)) ? map
            : throw new InvalidOperationException($"Map:Tiles is '{map.Tiles}'; it has to be like https://tiles.example.kz/{{z}}/{{x}}/{{y}}.png.");
    }

    /// <summary>Of the tile server, as a content security policy names it; null for none.</summary>
    public string? Origin => Tiles is not null && Uri.TryCreate(Tiles.Replace('{', '0').Replace('}', '0'), UriKind.Absolute, out var at) && (at.Scheme == Uri.UriSchemeHttps || at.Scheme == Uri.UriSchemeHttp)
        ? at.GetLeftPart(UriPartial.Authority) : null;
}
