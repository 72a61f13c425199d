import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { providerTargetFindings } from '../judging/props-findings';
import { reportAtSynth, throwErrors } from '../judging/report';
import { placeOf } from '../reading/constructs/construct-views';
import { isToken } from '../reading/constructs/token';
import { UNKNOWN } from '../reading/fact';
import { ProviderCase, PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { codeContext, Moment } from '../rules/rule';

/**
 * Permissions on a capacity provider.
 */
export class CapacityProviderGrants {
  /**
   * Returns the permissions on a capacity provider.
   */
  public static fromCapacityProvider(capacityProvider: lambda.ICapacityProviderRef): CapacityProviderGrants {
    throwErrors(capacityProvider, providerTargetFindings(capacityProvider));
    return new CapacityProviderGrants(capacityProvider);
  }

  private readonly capacityProvider: lambda.ICapacityProviderRef;

  private constructor(capacityProvider: lambda.ICapacityProviderRef) {
    this.capacityProvider = capacityProvider;
  }

  /**
   * Allows a principal of the same account to put functions on the capacity provider (`lambda:PassCapacityProvider`). Everyone who deploys functions
   * needs this permission. It lets them run code on the instances, next to all other functions of the provider.
   *
   * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-security.html (read 2026-11-20)
   */
  public passCapacityProvider(grantee: iam.IGrantable): iam.Grant {
    const { principalAccount } = grantee.grantPrincipal;
    const { account } = placeOf(this.capacityProvider.env);
    const judged: ProviderCase = { grant: { own: account, grantee: isToken(principalAccount) ? UNKNOWN : principalAccount } };
    reportAtSynth(this.capacityProvider, PROVIDER_JUDGE.judge(judged, Moment.SYNTHESIS, codeContext()));
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['lambda:PassCapacityProvider'],
      resourceArns: [this.capacityProvider.capacityProviderRef.capacityProviderArn],
    });
  }
}
