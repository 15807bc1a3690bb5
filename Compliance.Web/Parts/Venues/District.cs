using Compliance.Web.Shell;

namespace Compliance.Web.Parts.Venues;

/// <summary>A district of Almaty. The register holds its short Kazakh name; elsewhere a place is whatever was typed.</summary>
public sealed record District(string Kk, string Ru, string En)
{
    public static readonly IReadOnlyList<District> OfAlmaty =
    [
        new("Алатау", "Алатауский район", "Alatau district"),
        new("Алмалы", "Алмалинский район", "Almaly district"),
        new("Әуезов", "Ауэзовский район", "Auezov district"),
        new("Бостандық", "Бостандыкский район", "Bostandyk district"),
        new("Жетісу", "Жетысуский район", "Zhetysu district"),
        new("Медеу", "Медеуский район", "Medeu district"),
        new("Наурызбай", "Наурызбайский район", "Nauryzbai district"),
        new("Түрксіб", "Турксибский район", "Turksib district"),
    ];

    /// <summary>In the reader's language.</summary>
    public string Name => Languages.Current switch { "ru" => Ru, "en" => En, _ => $"{Kk} ауданы" };

    /// <summary>The district the register means, by either of its names; null for any other place.</summary>
    public static District? Of(string registered) => OfAlmaty.FirstOrDefault(one => Same(one.Kk, registered) || Same(one.Ru, registered));

    /// <summary>What the register holds, as a reader would say it.</summary>
    public static string Say(string registered) => Of(registered)?.Name ?? registered;

    static bool Same(string a, string b) => string.Equals(a, b.Trim(), StringComparison.OrdinalIgnoreCase);
}
