namespace Compliance.Web.Parts.WatchLists;

/// <summary>Words about watch lists, operations and candidates.</summary>
public sealed class WatchListWords;
