namespace Compliance.Domain.Alerts;

/// <summary>Which desk is asked next: of each district of Almaty one that it borders on, by the register's names.</summary>
public static class DeskNeighbours
{
    static readonly Dictionary<string, string> Next = new(StringComparer.Ordinal)
    {
        ["Алатау"] = "Әуезов", ["Алмалы"] = "Бостандық", ["Әуезов"] = "Наурызбай", ["Бостандық"] = "Алмалы",
        ["Жетісу"] = "Түрксіб", ["Медеу"] = "Бостандық", ["Наурызбай"] = "Әуезов", ["Түрксіб"] = "Жетісу",
    };

    /// <summary>Null for a place that is no district of the city: there the shift lead is next.</summary>
    public static string? Of(string district) => Next.GetValueOrDefault(district);
}
