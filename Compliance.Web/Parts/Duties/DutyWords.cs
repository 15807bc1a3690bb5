namespace Compliance.Web.Parts.Duties;

/// <summary>Sentences about what is owed: DutyWords.resx (Kazakh, the master), .ru.resx, .en.resx.</summary>
public sealed class DutyWords;
