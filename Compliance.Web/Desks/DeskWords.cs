namespace Compliance.Web.Desks;

/// <summary>Sentences of the desks.</summary>
public sealed class DeskWords;
