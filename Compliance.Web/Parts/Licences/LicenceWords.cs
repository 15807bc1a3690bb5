namespace Compliance.Web.Parts.Licences;

/// <summary>Sentences about a venue's certificate: its state, its history, what is asked and decided.</summary>
public sealed class LicenceWords;
