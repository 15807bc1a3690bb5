namespace Compliance.Web.Parts.Footage;

/// <summary>The words about recordings that police ask for.</summary>
public sealed class FootageWords;
