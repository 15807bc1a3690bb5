namespace Compliance.Web.Parts.Models;

/// <summary>The words about versions of models.</summary>
public sealed class ModelWords;
