// `core-functions-toolbelt` for `import`.
import toolbelt from './index.cjs';

export const {
  Toolbelt,
  ErrorCodes,
  ToolBeltError,
  ConversationContentTypes,
  SDETypes,
  LpServices,
  ErrorStrategy,
  globalSecretCache,
} = toolbelt;
export default toolbelt;
