namespace Compliance.Web.Parts.Cases;

/// <summary>Sentences about liability cases: CaseWords.resx (Kazakh, the master), .ru.resx, .en.resx.</summary>
public sealed class CaseWords;
