namespace Compliance.Web.Parts.Guards;

/// <summary>What a guard says on the page behind the code, as a browser sends it.</summary>
public sealed class CheckInFields
{
    public string? Ticket { get; set; }
    public int? Number { get; set; }
    public string? Pin { get; set; }
    public string? NewPin { get; set; }
    public bool Leaving { get; set; }
}
