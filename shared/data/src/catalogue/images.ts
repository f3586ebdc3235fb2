import type { Entry } from "./entry.ts";
import { cifar10 } from "./images/cifar-10.ts";
import { digits } from "./images/digits.ts";
import { fashionMnist } from "./images/fashion-mnist.ts";
import { mnist } from "./images/mnist.ts";
import { photographs } from "./images/photographs.ts";
import { smallDigits } from "./images/small-digits.ts";

export const imageEntries: readonly Entry[] = [fashionMnist, mnist, digits, smallDigits, cifar10, photographs];
