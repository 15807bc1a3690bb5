namespace Compliance.Domain.Venues;

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

    /// <summary>The district the register means, by either of its names; null for any other place.</summary>
    public static District? Of(string registered) => OfAlmaty.FirstOrDefault(one => Same(one.Kk, registered) || Same(one.Ru, registered));

    static bool Same(string a, string b) => string.Equals(a, b.Trim(), StringComparison.OrdinalIgnoreCase);
}
