namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// Tests that open a whole house, or a browser before it, are alone on the machine: they are run one by one after all others,
/// or two cores would judge their own load.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OneHouseAtATime;
