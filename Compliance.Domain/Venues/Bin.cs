namespace Compliance.Domain.Venues;

/// <summary>
/// A business identification number of Kazakhstan: twelve digits, of which the last is a control digit over the first eleven.
/// Their weighted sum modulo 11 is the digit; where that gives 10, it is weighed anew, and where it gives 10 again the number is
/// never issued. Individual numbers (IIN), which a sole trader gives, follow the same rule.
/// </summary>
public static class Bin
{
    const int Length = 12, Modulus = 11;

    static readonly int[] Weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], SecondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

    public static bool HasTwelveDigits(string text) => text.Length == Length && text.All(char.IsAsciiDigit);

    public static bool HasItsControlDigit(string bin) => ControlDigit(bin) == bin[^1] - '0';

    /// <summary>An individual number begins with a birth date: its fifth digit is the tens of a day, where a company has its kind (4 to 6).</summary>
    public static bool IsOfAPerson(string number) => number.Length == Length && number[4] is < '4';

    static int ControlDigit(string bin) => Weigh(bin, Weights) is var first and < 10 ? first : Weigh(bin, SecondWeights);

    static int Weigh(string bin, int[] weights) => weights.Select((weight, i) => weight * (bin[i] - '0')).Sum() % Modulus;
}
